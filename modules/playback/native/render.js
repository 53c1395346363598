// From palette indices to the LEDs' signal on XS and on the chip: render.c. Signatures: render.d.ts.
export function paint(target, start, end, indices, from, to, palette, paletteStart) @ "xs_prism_paint"
export function paintDelayed(target, start, end, ring, stride, newest, delays, leds, palette, paletteStart) @ "xs_prism_paint_delayed"
export function mix(target, from, start, end, share) @ "xs_prism_mix"
export function drive(target, colors, start, end, levels, order) @ "xs_prism_drive"
export function dim(bytes, start, end, share) @ "xs_prism_dim"
export function writeLevels(levels, gamma, brightness) @ "xs_prism_write_levels"
export function writeSignal(target, targetStart, bytes, start, end) @ "xs_prism_write_signal"
