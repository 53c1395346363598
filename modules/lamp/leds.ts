/** The LEDs, as far as the lamp knows them; `host-shim/platform/leds` is one. */
export interface Leds {
	/**
	 * Starts sending a picture: strip 1, then strip 2, three bytes an LED in the LEDs' own order.
	 * @returns false while one is still going out: then nothing was taken
	 */
	send(pixels: Uint8Array): boolean;
}
