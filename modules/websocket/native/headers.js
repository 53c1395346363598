// Frame headers on XS and on the chip: headers.c. Signatures: headers.d.ts.
export function wholeMessage(bytes, n, block) @ "xs_prism_whole_message"
export function writeHeader(bytes, start, opcode, final, length) @ "xs_prism_write_header"
