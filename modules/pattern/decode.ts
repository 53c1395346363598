/**
 * The frame decoder's loop over bytes, behind one specifier: this version for Node and browsers, on XS a native, which
 * is 100 times as fast there. Property tests compare the two byte for byte.
 */
import { checkRange } from "../bytes/range.js";
import {
	BAD_FLAGS,
	BAD_INDEX,
	BAD_LENGTH,
	BAD_PALETTE,
	BAD_RUN,
	CHECKING,
	COLORS,
	COLORS_HIGH,
	COLORS_LOW,
	CONSUMED,
	FAILED,
	FAULT,
	FILLED,
	FINISHED,
	FLAGS,
	FRAME,
	FRAME_END,
	FRAME_FLAGS,
	FRAMES,
	LEDS,
	MOST_COLORS,
	MOST_LEDS,
	PALETTE,
	PALETTE_BYTES,
	PIXELS,
	RUN,
	RUNS,
	SEGMENT,
	SEGMENT_BYTES,
	SEGMENT_LOW,
	STATE_SIZE,
	STEP,
	WORDS,
	XOR,
	XOR_FIRST,
} from "./decoder-state.js";

/**
 * Decodes bytes[start..end), the next of a payload, into the state (decoder-state.ts): until `most` frames are complete,
 * the file's last one is, or there is a fault.
 * @param state 580 bytes at a multiple of 4 in their buffer
 * @returns where it stopped; after a fault, behind the byte that made it, and the frame's indices are of no use any more
 * @throws RangeError for a range outside the bytes, or a state that no decoder has
 */
export function decode(state: Uint8Array, bytes: Uint8Array, start: number, end: number, most: number): number {
	checkRange(bytes, start, end);
	checkRange(state, 0, STATE_SIZE);
	const words = new Uint32Array(state.buffer, state.byteOffset, WORDS);
	checkRange(state, words[FILLED], words[STEP] === PALETTE_BYTES ? 3 * MOST_COLORS : MOST_LEDS);
	checkRange(state, words[LEDS], MOST_LEDS);
	checkRange(state, words[COLORS], words[STEP] === COLORS_HIGH ? 255 : MOST_COLORS);
	const base = words[CONSUMED] - start;
	let at = start;
	let frames = most;
	while (at < end && frames > 0 && words[STEP] < FINISHED) {
		if (words[STEP] === SEGMENT_BYTES) {
			at = segment(state, words, bytes, at, Math.min(end, at + words[SEGMENT]));
		} else head(state, words, bytes[at++]);
		if (words[STEP] === SEGMENT_BYTES && words[SEGMENT] === 0) {
			if (words[RUN] !== 0 || words[FILLED] !== words[LEDS]) fail(words, BAD_LENGTH);
			else {
				words[FRAME]++;
				words[FRAME_END] = base + at;
				words[STEP] = words[FRAME] === words[FRAMES] ? FINISHED : FRAME_FLAGS;
				frames--;
			}
		}
	}
	words[CONSUMED] = base + at;
	return at;
}

function fail(words: Uint32Array, fault: number): void {
	words[STEP] = FAILED;
	words[FAULT] = fault;
}

/** One byte of what stands in front of a segment. */
function head(state: Uint8Array, words: Uint32Array, byte: number): void {
	switch (words[STEP]++) {
		case COLORS_LOW:
			words[COLORS] = byte;
			break;
		case COLORS_HIGH:
			words[FILLED] = 0;
			if (byte === 0 && words[COLORS] >= 1 && words[COLORS] <= MOST_COLORS) break;
			words[COLORS] = 0;
			fail(words, BAD_PALETTE);
			break;
		case PALETTE_BYTES:
			state[PALETTE + words[FILLED]++] = byte;
			if (words[FILLED] < 3 * words[COLORS]) words[STEP] = PALETTE_BYTES;
			break;
		case FRAME_FLAGS:
			words[FLAGS] = byte;
			if (byte > (XOR | RUNS)) fail(words, BAD_FLAGS);
			else if ((byte & XOR) !== 0 && words[FRAME] === 0) fail(words, XOR_FIRST);
			break;
		case SEGMENT_LOW:
			words[SEGMENT] = byte;
			break;
		default:
			words[SEGMENT] |= byte << 8;
			words[FILLED] = 0;
			words[RUN] = 0;
			// Raw frames have one length; a segment of nothing is no frame.
			if ((words[FLAGS] & RUNS) === 0 ? words[SEGMENT] !== words[LEDS] : words[SEGMENT] === 0) {
				fail(words, BAD_LENGTH);
			}
	}
}

/** Bytes of one segment. Returns where it stopped: at the end, or behind a byte that made a fault. */
function segment(state: Uint8Array, words: Uint32Array, bytes: Uint8Array, start: number, end: number): number {
	const runs = (words[FLAGS] & RUNS) !== 0;
	let at = start;
	while (at < end && words[STEP] === SEGMENT_BYTES) {
		const byte = bytes[at++];
		const room = words[LEDS] - words[FILLED];
		if (runs && words[RUN] === 0 && byte >= 0x80) {
			words[RUN] = byte & 0x7f;
			if (words[RUN] === 0 || words[RUN] > room) fail(words, BAD_RUN);
		} else if (room === 0) fail(words, BAD_LENGTH);
		else {
			if (!run(state, words, byte, Math.max(words[RUN], 1))) fail(words, BAD_INDEX);
			words[RUN] = 0;
		}
	}
	words[SEGMENT] -= at - start;
	return at;
}

/** Gives the next `count` LEDs this value. Returns whether all of them have a color. */
function run(state: Uint8Array, words: Uint32Array, value: number, count: number): boolean {
	const colors = words[COLORS];
	const from = PIXELS + words[FILLED];
	words[FILLED] += count;
	// With 2, 4, 8 ... colors XOR of indices inside the palette is always inside: none has to be kept for a check.
	if (words[CHECKING] !== 0 && (colors & (colors - 1)) === 0) return value < colors;
	let good = true;
	for (let i = from; i < from + count; i++) {
		state[i] = (words[FLAGS] & XOR) !== 0 ? state[i] ^ value : value;
		if (state[i] >= colors) good = false;
	}
	return good;
}
