/** `xs/leds` of the XS host (host-shim/xs/js/leds.js): virtual strips. */
declare module "xs/leds" {
	/** As the driver on the chip starts, with 0.3 ms of low level. */
	export function start(): void;
	/** As `send` of `host-shim/platform/leds`. @throws Error for a signal that LEDs would not understand */
	export function send(pixels: Uint8Array): boolean;
	/** Copies the last picture's 960 bytes, R, G, B, strip 1, then strip 2; returns how many pictures there have been. */
	export function read(colors: Uint8Array): number;
	/** When the last picture began to go out, ms, with fractions. */
	export function time(): number;
}
