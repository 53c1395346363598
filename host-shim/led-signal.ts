/**
 * Reads what an SPI port sends to WS2812 LEDs as a LED does: by how long its levels last. What is outside of the data sheet's
 * windows is an error.
 */

import { SPI_FREQUENCY } from "../modules/playback/signal.js";

/** One SPI bit, us. */
const BIT = 1e6 / SPI_FREQUENCY;
/** Shortest and longest levels, us: WS2812B's data sheet, and what newer kinds of it want before they show a frame. */
const SHORT = Object.freeze([0.2, 0.5]);
const LONG = Object.freeze([0.65, 0.95]);
const LEAST_RESET = 280;

function within(time: number, window: readonly number[]): boolean {
	return time >= window[0] && time <= window[1];
}

/** How many SPI bits from `at` on have this level. */
function lasts(signal: Uint8Array, at: number, level: number): number {
	let end = at;
	while (end < 8 * signal.length && ((signal[end >> 3] >> (7 - (end & 7))) & 1) === level) end++;
	return end - at;
}

/**
 * The bytes that the LEDs get, in their order.
 * @throws Error for a level that is too short or too long, a byte that is not whole, or a reset that is too short
 */
export function readSignal(signal: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(signal.length);
	let bits = 0;
	for (let at = 0; ; ) {
		const high = lasts(signal, at, 1);
		const low = lasts(signal, at + high, 0);
		const one = within(high * BIT, LONG);
		if (!one && !within(high * BIT, SHORT)) throw new Error(`bit ${bits}: high for ${high * BIT} us`);
		if (one) bytes[bits >> 3] |= 0x80 >> (bits & 7);
		bits++;
		at += high + low;
		if (at < 8 * signal.length) {
			if (!within(low * BIT, one ? SHORT : LONG)) throw new Error(`bit ${bits - 1}: low for ${low * BIT} us`);
			continue;
		}
		// The last bit's low level goes over into the reset.
		if (low * BIT <= LEAST_RESET) throw new Error(`low for ${low * BIT} us at the end`);
		if (bits % 8 !== 0) throw new Error(`${bits} bits`);
		return bytes.slice(0, bits >> 3);
	}
}
