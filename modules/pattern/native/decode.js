// The frame decoder's loop on XS and on the chip: decode.c. Signature: decode.d.ts.
export function decode(state, bytes, start, end, most) @ "xs_prism_decode"
