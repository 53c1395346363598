/**
 * A second reading of docs/pattern-format.md: whole files at once, as plainly as it can be written, to compare the
 * firmware's streaming decoder with.
 */

import {
	inFrame,
	PRISM_ENDS,
	PRISM_FLAGS,
	PRISM_INDEX,
	PRISM_LENGTH,
	PRISM_PALETTE,
	PRISM_RUN,
	PRISM_SURPLUS,
	PRISM_XOR_FIRST,
} from "../../modules/core/errors.js";

/** A payload that is what it should be. */
export interface Decoded {
	/** R, G, B for each color. */
	readonly palette: Uint8Array;
	/** A palette index for each LED. */
	readonly frames: readonly Uint8Array[];
}

/** What a payload (without its CRC-32) shows, or the reason for which it is refused. */
export function decodePayload(payload: Uint8Array, leds: number, frames: number): Decoded | string {
	const ends = (frame: number) => inFrame(PRISM_ENDS, frame).reason;
	if (payload.length < 2) return ends(0);
	const colors = payload[0] + 256 * payload[1];
	if (colors < 1 || colors > 64) return PRISM_PALETTE.reason;
	let at = 2 + 3 * colors;
	if (payload.length < at) return ends(0);
	const decoded: Uint8Array[] = [];
	for (let frame = 0; frame < frames; frame++) {
		if (at >= payload.length) return ends(frame);
		const flags = payload[at];
		if (flags > 3) return inFrame(PRISM_FLAGS, frame).reason;
		if (flags % 2 === 1 && frame === 0) return inFrame(PRISM_XOR_FIRST, frame).reason;
		if (at + 3 > payload.length) return ends(frame);
		const length = payload[at + 1] + 256 * payload[at + 2];
		const hasRuns = flags >= 2;
		if (hasRuns ? length === 0 : length !== leds) return inFrame(PRISM_LENGTH, frame).reason;
		at += 3;
		const indices: number[] = [];
		let run = 0;
		for (let i = 0; i < length; i++) {
			if (at + i >= payload.length) return ends(frame);
			const byte = payload[at + i];
			if (hasRuns && run === 0 && byte >= 0x80) {
				run = byte - 0x80;
				if (run === 0 || indices.length + run > leds) return inFrame(PRISM_RUN, frame).reason;
				continue;
			}
			if (indices.length === leds) return inFrame(PRISM_LENGTH, frame).reason;
			for (let n = Math.max(run, 1); n > 0; n--) {
				const led = indices.length;
				const index = flags % 2 === 1 ? byte ^ decoded[frame - 1][led] : byte;
				if (index >= colors) return inFrame(PRISM_INDEX, frame).reason;
				indices.push(index);
			}
			run = 0;
		}
		if (run > 0 || indices.length < leds) return inFrame(PRISM_LENGTH, frame).reason;
		at += length;
		decoded.push(Uint8Array.from(indices));
	}
	if (at < payload.length) return inFrame(PRISM_SURPLUS, frames - 1).reason;
	return { palette: payload.slice(2, 2 + 3 * colors), frames: decoded };
}
