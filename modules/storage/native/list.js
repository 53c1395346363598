// LIST's value on XS and on the chip: list.c. Signature: list.d.ts.
export function writeList(target, start, count, order, names, nameLengths, sizes, crcs) @ "xs_prism_write_list"
