/** What a pattern's frames look like on strip 1, for comparison. */

import { PALETTE, PIXELS } from "../../../modules/pattern/decoder-state.js";
import { FrameDecoder } from "../../../modules/pattern/frame-decoder.js";
import { PrismHeader } from "../../../modules/pattern/header.js";

/** R, G, B of 160 LEDs of each frame, joined by commas. */
export function framesIn(bytes: Uint8Array): Set<string> {
	const header = new PrismHeader();
	header.collect(bytes, 0, bytes.length, 0);
	const decoder = new FrameDecoder();
	decoder.reset(header.leds, header.frames);
	const frames = new Set<string>();
	for (let at = header.payloadStart; !decoder.finished; ) {
		at = decoder.feed(bytes, at, bytes.length);
		const { state } = decoder;
		const colors: number[] = [];
		for (let led = 0; led < 160; led++) {
			const color = PALETTE + 3 * state[PIXELS + led];
			for (let i = 0; i < 3; i++) colors.push(led < header.leds ? state[color + i] : 0);
		}
		frames.add(colors.join());
	}
	return frames;
}
