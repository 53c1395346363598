/** Makes .prism files. For programs on computers; it is no part of the firmware. */

import { crc32, encodeUtf8 } from "../../bytes/bytes.js";
import { MOST_LEDS } from "../decoder-state.js";
import {
	HEADER_1_0,
	HEADER_1_1,
	headerCrc,
	LEAST_FPS,
	MOST_FPS,
	PALETTE_FORMAT,
	VERSION_1_0,
	VERSION_1_1,
} from "../header.js";
import { encodeFrame } from "./frames.js";
import { choosePalette, colorAt } from "./palette.js";

/** How strip 2 follows strip 1 (header.ts; docs/playback.md says what comes of it). What is not given is 0. */
export interface Strip2 {
	readonly motion?: number;
	readonly sync?: number;
	/** ms */
	readonly delay?: number;
	/** ms */
	readonly progressiveStart?: number;
	/** ms */
	readonly progressiveEnd?: number;
	/** ms */
	readonly waveAmplitude?: number;
	/** Cycles along the strip. */
	readonly waveFrequency?: number;
	/** Degrees. */
	readonly wavePhase?: number;
}

/** What a file is to show. */
export interface Picture {
	/** 1 to 320; the first 160 are strip 1, the others strip 2. */
	readonly leds: number;
	/** Frames per second, 1 to 120, in steps of 1/256. */
	readonly fps: number;
	/** At least one; each R, G, B for every LED. */
	readonly frames: readonly Uint8Array[];
	/** Makes a file of version 1.1; without it, the version is 1.0 and both strips show the same. */
	readonly strip2?: Strip2;
	/** Text that goes into the file as it is; JSON, for whoever reads it. */
	readonly json?: string;
}

/**
 * The .prism file of a picture. With more than 64 colors in all its frames it gets the 64 that come nearest.
 * @throws RangeError for what does not fit into a file; the message says what and why
 */
export function encodePattern(picture: Picture): Uint8Array {
	const { leds, frames } = picture;
	const head = encodeHead(picture);
	frames.forEach((frame, i) => {
		if (frame.length !== 3 * leds)
			throw new RangeError(`frame ${i} has ${frame.length} bytes, not 3 for each of ${leds} LEDs`);
	});
	const { colors, indexOf } = choosePalette(frames);
	const parts = [Uint8Array.of(colors.length / 3, 0), colors];
	let before: Uint8Array | undefined;
	for (const frame of frames) {
		const indices = new Uint8Array(leds);
		for (let led = 0; led < leds; led++) indices[led] = indexOf(colorAt(frame, led));
		parts.push(encodeFrame(indices, before));
		before = indices;
	}
	const payload = joined(parts);
	const crc = new Uint8Array(4);
	new DataView(crc.buffer).setUint32(0, crc32(0, payload, 0, payload.length), true);
	return joined([head, payload, crc]);
}

/** All that stands before the payload. */
function encodeHead({ leds, fps, frames, strip2, json = "" }: Picture): Uint8Array {
	const fps256 = Math.round(256 * fps);
	if (!(leds >= 1 && leds <= MOST_LEDS)) throw new RangeError(`${leds} LEDs; a pattern has 1 to ${MOST_LEDS}`);
	if (!(fps256 >= LEAST_FPS && fps256 <= MOST_FPS))
		throw new RangeError(`${fps} frames per second; 1 to 120 can be played`);
	if (frames.length === 0) throw new RangeError("a pattern has at least one frame");
	const text = new Uint8Array(3 * json.length);
	const textLength = encodeUtf8(json, text, 0);
	if (textLength > 0xffff) throw new RangeError(`${textLength} bytes of JSON; 65,535 fit`);
	const length = strip2 === undefined ? HEADER_1_0 : HEADER_1_1;
	const version = strip2 === undefined ? VERSION_1_0 : VERSION_1_1;
	const bytes = new Uint8Array(length + 2 + textLength);
	const view = new DataView(bytes.buffer);
	bytes.set([0x50, 0x52, 0x53, 0x4d]);
	view.setUint16(4, version, true);
	view.setUint16(6, leds, true);
	view.setUint32(8, frames.length, true);
	view.setUint32(12, fps256, true);
	bytes[16] = PALETTE_FORMAT;
	if (strip2 !== undefined) writeStrip2(view, strip2);
	view.setUint32(20, headerCrc(bytes, length), true);
	view.setUint16(length, textLength, true);
	bytes.set(text.subarray(0, textLength), length + 2);
	return bytes;
}

function writeStrip2(view: DataView, strip2: Strip2): void {
	const { motion = 0, sync = 0, delay = 0, progressiveStart = 0, progressiveEnd = 0 } = strip2;
	const { waveAmplitude = 0, waveFrequency = 0, wavePhase = 0 } = strip2;
	view.setUint8(64, 1);
	view.setUint8(65, motion);
	view.setUint8(66, sync);
	[delay, progressiveStart, progressiveEnd, waveAmplitude, waveFrequency, wavePhase].forEach((value, i) => {
		if (!(value >= 0 && value <= 0xffff)) throw new RangeError(`${value} for strip 2; all its values are 0 to 65,535`);
		view.setUint16(68 + 2 * i, value, true);
	});
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	let length = 0;
	for (const part of parts) length += part.length;
	const bytes = new Uint8Array(length);
	let end = 0;
	for (const part of parts) {
		bytes.set(part, end);
		end += part.length;
	}
	return bytes;
}
