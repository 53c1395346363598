// The virtual strips (desktop/leds.h): for host-shim/platform/leds, and to look at for tests. Signatures: ../../types/xs-leds.d.ts.
export function start() @ "xs_leds_start"
export function send(pixels) @ "xs_leds_send"
export function read(colors) @ "xs_leds_read"
export function time() @ "xs_leds_time"
