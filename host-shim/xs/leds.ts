/** `host-shim/platform/leds` on the XS host: virtual strips that read the bits back which the chip would send (desktop/leds.h). */
import { send, start } from "xs/leds";

export default class Leds {
	#closed = false;

	constructor() {
		start();
	}

	send(pixels: Uint8Array): boolean {
		if (this.#closed) throw new Error("the driver of the LEDs is closed");
		return send(pixels);
	}

	close(): void {
		this.#closed = true;
	}
}
