/** `host-shim/platform/leds`: both strips of LEDs. One file for each platform: docs/device.md, "Platform parts". */
declare module "host-shim/platform/leds" {
	export interface LedsOptions {
		/** The pins (GPIO) of strip 1 and strip 2. */
		readonly pins: readonly [number, number];
	}

	export default class Leds {
		/** Starts the driver; the LEDs keep what they show. @throws Error where it does not start: then nothing is left of it */
		constructor(options: LedsOptions);
		/**
		 * Starts sending a picture, and does not wait for its end.
		 * @param pixels 480 bytes for strip 1, then 480 for strip 2, three an LED in the LEDs' own order
		 * @returns false while one is still going out, 4.9 ms: then nothing was taken
		 * @throws RangeError for another length, Error after `close`
		 */
		send(pixels: Uint8Array): boolean;
		/** Ends the driver, once what is going out has gone out. May be called again. */
		close(): void;
	}
}
