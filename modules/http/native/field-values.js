// Fields of a request head on XS and on the chip: field-values.c. Signatures: field-values.d.ts.
export function takeField(block, start, end) @ "xs_prism_take_field"
export function hasMember(list, member, anyCase) @ "xs_prism_has_member"
export function isDigits(text) @ "xs_prism_is_digits"
export function isIPv4(text) @ "xs_prism_is_ipv4"
export function isKey(text) @ "xs_prism_is_key"
