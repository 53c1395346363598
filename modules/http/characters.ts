/** Kinds of characters, for `allOf` of bytes/bytes.ts. */

/** What tokens are made of: methods, field names (RFC 9110, 5.6.2). */
export const TOKEN = 0;
/** What a field's value is made of: no control characters but tabs (RFC 9110, 5.5). */
export const TEXT = 1;
/** What a request target is made of at the most: ASCII without blanks and control characters. */
export const VISIBLE = 2;
/** What a host and its port are made of (RFC 3986, 3.2.2, 3.2.3): no user in front of it, and no blanks. */
export const AUTHORITY = 3;
export const DIGITS = 4;
/** What base64 is made of, but for its padding (RFC 4648, 4). */
export const BASE64 = 5;
