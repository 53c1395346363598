/** `host-shim/platform/leds` on the ESP32: two SPI ports, led-strips.c. */
import type { LedsOptions } from "host-shim/platform/leds";

export default class Leds {
	constructor({ pins }: LedsOptions) {
		native<(this: unknown, one: number, two: number) => void>("xs_prism_leds_start").call(this, pins[0], pins[1]);
	}

	send(pixels: Uint8Array): boolean {
		return native<(this: unknown, pixels: Uint8Array) => boolean>("xs_prism_leds_send").call(this, pixels);
	}

	close(): void {
		native<(this: unknown) => void>("xs_prism_leds_close").call(this);
	}
}
