/*
 * Values come from the peer. On XS, finding the n-th character of a text means to walk to it, and a loop over one takes the square of
 * its length; and each text that is cut out of another is garbage. So the head is looked at as bytes, and what is made a text of is
 * short. This is the version for Node; on XS the build puts natives in its place.
 */
import { allOf, decodeLatin1, find } from "../bytes/bytes.js";
import { AUTHORITY, DIGITS, TEXT, TOKEN } from "./characters.js";
import { BAD_REQUEST, FIELDS_TOO_LARGE } from "./statuses.js";

const NAME_LIMIT = 64;
/** For each value that a K1 looks at, with the blanks around it; for a list, its lines together. */
const VALUE_LIMIT = 256;
/** Each fits in as many bits: where a value starts in its line, and its length. */
const VALUE_BITS = 9;

const COLON = 0x3a;

/** The fields that a K1 looks at, in the order of FIELD_KEYS in request.ts. */
const NAMES: readonly string[] = Object.freeze([
	"host",
	"origin",
	"connection",
	"upgrade",
	"sec-websocket-key",
	"sec-websocket-version",
	"sec-websocket-protocol",
	"authorization",
	"if-match",
	"if-none-match",
	"if-range",
	"range",
	"content-length",
	"content-type",
	"transfer-encoding",
	"expect",
]);

/**
 * Takes the line block[start..end) apart: `name:value`; one that goes on from the line before starts with a blank, which no
 * name has (RFC 9112, 5).
 * @returns below 0: minus the status to refuse the request with; 0: a field that a K1 does not look at; else its number among
 *   those that it does, from 1, times 2^18, and where the value, without blanks, starts in the line, times 2^9, and its length
 */
export function takeField(block: Uint8Array, start: number, end: number): number {
	if (!allOf(TEXT, block, start, end)) return -BAD_REQUEST;
	const colon = find(block, COLON, start, end);
	if (colon <= start) return -BAD_REQUEST;
	if (colon - start > NAME_LIMIT) return -FIELDS_TOO_LARGE;
	if (!allOf(TOKEN, block, start, colon)) return -BAD_REQUEST;
	const name = decodeLatin1(block, start, colon).toLowerCase();
	const number = NAMES.indexOf(name) + 1;
	if (number === 0) return 0;
	if (end - colon - 1 > VALUE_LIMIT) return -FIELDS_TOO_LARGE;
	const raw = decodeLatin1(block, colon + 1, end);
	const value = raw.trim();
	// A blank to trim(), and to some who read requests, and none to HTTP.
	if (value.length < raw.length && raw.includes("\u00a0")) return -BAD_REQUEST;
	const valueStart = end - raw.trimStart().length;
	const valueEnd = valueStart + value.length;
	if (name === "host" && !allOf(AUTHORITY, block, valueStart, valueEnd)) return -BAD_REQUEST;
	if (name === "content-length" && (value === "" || !allOf(DIGITS, block, valueStart, valueEnd))) return -BAD_REQUEST;
	return (number << (2 * VALUE_BITS)) | ((valueStart - start) << VALUE_BITS) | value.length;
}

/**
 * Whether a comma-separated list (RFC 9110, 5.6.1) has this member.
 * @param list the field's value; `undefined`, a missing field, has none
 * @param member as it must stand there, in ASCII
 * @param anyCase compare without regard to case
 */
export function hasMember(list: string | undefined, member: string, anyCase: boolean): boolean {
	if (list === undefined) return false;
	const held = (text: string) => (anyCase ? text.toLowerCase() : text);
	return list.split(",").some((one) => held(one.replace(/^[\t ]+|[\t ]+$/g, "")) === held(member));
}

/** Whether the text is decimal digits alone, 1 to 15 of them: more than any number here has. */
export function isDigits(text: string): boolean {
	return /^[0-9]{1,15}$/.test(text);
}

/** Whether it is four numbers of up to 255, up to three digits each, between dots. */
export function isIPv4(text: string): boolean {
	const parts = text.split(".");
	return parts.length === 4 && parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) <= 255);
}

/** Whether it is 16 bytes in base64, of whose last character four bits are 0 (RFC 4648, 3.5): a Sec-WebSocket-Key. */
export function isKey(text: string): boolean {
	return /^[0-9A-Za-z+/]{21}[AQgw]==$/.test(text);
}
