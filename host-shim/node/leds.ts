/**
 * `host-shim/platform/leds` on Node: two virtual strips. A picture becomes the bits that the chip's SPI ports would send, and is read back
 * from these as LEDs do. Who is in the same process gets each by the global `onPicture`.
 */
import { writeSignal } from "../../modules/playback/render.js";
import { RESET_BYTES, SPI_FREQUENCY, signalLength } from "../../modules/playback/signal.js";
import { ALL_BYTES, STRIP_BYTES, STRIP_LEDS } from "../../modules/playback/strips.js";
import { readSignal } from "../led-signal.js";

declare global {
	/** Called with each picture when it begins to go out: 960 bytes, R, G, B, strip 1, then strip 2; they are good until the next. */
	var onPicture: ((colors: Uint8Array) => void) | undefined;
}

/** ms that the SPI ports take for so many bytes. */
const time = (bytes: number): number => (8000 * bytes) / SPI_FREQUENCY;

export default class Leds {
	readonly #colors = new Uint8Array(ALL_BYTES);
	#pictures = 0;
	/** When the last one began to go out, ms, as `performance.now` counts. */
	began = 0;
	/** The low level at its end is never written. */
	readonly #signal = new Uint8Array(signalLength(STRIP_LEDS));
	#freeAt = performance.now() + time(RESET_BYTES);
	#closed = false;

	send(pixels: Uint8Array): boolean {
		if (this.#closed) throw new Error("the driver of the LEDs is closed");
		if (pixels.length !== ALL_BYTES) throw new RangeError(`a picture has ${ALL_BYTES} bytes`);
		const now = performance.now();
		if (now < this.#freeAt) return false;
		this.#show(pixels, 0);
		this.#show(pixels, STRIP_BYTES);
		this.#pictures++;
		this.began = now;
		this.#freeAt = now + time(this.#signal.length);
		globalThis.onPicture?.(this.#colors);
		return true;
	}

	/** Copies the last picture, R, G, B, strip 1, then strip 2; returns how many there have been. */
	read(colors: Uint8Array): number {
		colors.set(this.#colors);
		return this.#pictures;
	}

	close(): void {
		this.#closed = true;
	}

	/** What the LEDs understand of a strip's signal, which is G, R, B. @throws Error for what they would not understand */
	#show(pixels: Uint8Array, start: number): void {
		writeSignal(this.#signal, 0, pixels, start, start + STRIP_BYTES);
		const bytes = readSignal(this.#signal);
		for (let i = 0; i < STRIP_BYTES; i += 3) {
			this.#colors[start + i] = bytes[i + 1];
			this.#colors[start + i + 1] = bytes[i];
			this.#colors[start + i + 2] = bytes[i + 2];
		}
	}
}
