import { CENTER, EDGE, OFFSET, PROGRESSIVE, type PrismHeader, RIGHT, WAVE } from "../pattern/header.js";

/**
 * Writes by how many frames each LED of strip 2 is behind strip 1, as the file's metadata says (docs/playback.md,
 * "Strip 2"). Made once, when a pattern starts.
 * @param leds LEDs of a strip, 1 to 160
 * @param most the longest delay that can be shown; what is longer is cut to that
 * @returns whether any LED is behind
 */
export function writeDelays(delays: Uint8Array, leds: number, header: PrismHeader, most: number): boolean {
	const { fps256 } = header;
	let any = false;
	for (let led = 0; led < leds; led++) {
		const milliseconds = Math.round(delayOf(header, led, leds));
		const frames = Math.floor((milliseconds * fps256 + 128_000) / 256_000);
		delays[led] = Math.min(frames, most);
		if (frames > 0) any = true;
	}
	return any;
}

/** By how many ms a LED is behind, not rounded. */
function delayOf(header: PrismHeader, led: number, leds: number): number {
	const last = leds - 1;
	const steps = stepsOf(header.motion, led, last);
	switch (header.sync) {
		case OFFSET:
			return header.delay;
		case PROGRESSIVE: {
			const { progressiveStart: start, progressiveEnd: end } = header;
			// Multiplied first: then halves are exact, and are rounded as halves.
			return last === 0 ? start + steps * (end - start) : (start * last + steps * (end - start)) / last;
		}
		case WAVE: {
			const place = last === 0 ? steps : steps / last;
			const angle = 2 * Math.PI * ((header.waveFrequency || 1) * place + header.wavePhase / 360);
			return Math.max(0, header.delay + header.waveAmplitude * Math.sin(angle));
		}
		default:
			// SYNC, and CUSTOM, for which no file has a table.
			return 0;
	}
}

/** The place of a LED along the motion, 0 to `last`. One that is alone is at 0, or at 1 where the motion is turned round. */
function stepsOf(motion: number, led: number, last: number): number {
	switch (motion) {
		case RIGHT:
			return last === 0 ? 1 : last - led;
		case CENTER:
			return Math.abs(2 * led - last);
		case EDGE:
			return last === 0 ? 1 : last - Math.abs(2 * led - last);
		default:
			// LEFT and STATIC.
			return led;
	}
}
