/** `host-shim/platform/leds` on the XS host: virtual strips that read the bits back which the chip would send (desktop/leds.h). */
import { read, send, start, time } from "xs/leds";

export default class Leds {
	#closed = false;

	constructor() {
		start();
	}

	send(pixels: Uint8Array): boolean {
		if (this.#closed) throw new Error("the driver of the LEDs is closed");
		return send(pixels);
	}

	/** Copies the last picture, R, G, B, strip 1, then strip 2; returns how many there have been. */
	read(colors: Uint8Array): number {
		return read(colors);
	}

	/** When the last picture began to go out, ms of the clock of `time`, with fractions. */
	get began(): number {
		return time();
	}

	close(): void {
		this.#closed = true;
	}
}
