/**
 * Decodes the payload of a .prism file, fed in pieces of any size:
 *
 *     palette size u16 (1 to 64), that many times R, G, B
 *     then for each frame: flags u8 (1: XOR with the frame before, 2: run lengths), segment length u16, segment
 *
 * A frame is a palette index for each LED. In run lengths a byte of 0x80 or more repeats the next byte (b & 0x7F) times,
 * 1 to 127, and any other stands for itself. The first frame stands alone. Little-endian.
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
	type Refusal,
} from "../core/errors.js";
import { decode } from "./decode.js";
import {
	BAD_FLAGS,
	BAD_INDEX,
	BAD_LENGTH,
	BAD_PALETTE,
	BAD_RUN,
	CHECKING,
	COLORS,
	CONSUMED,
	FAILED,
	FAULT,
	FINISHED,
	FRAME,
	FRAME_END,
	FRAME_FLAGS,
	FRAMES,
	LEDS,
	STATE_SIZE,
	STEP,
	WORDS,
	XOR_FIRST,
} from "./decoder-state.js";

/** Stands for all the frames that there are. */
const ALL = 0x7fffffff;

export class FrameDecoder {
	/** The frame at `PIXELS`, the palette at `PALETTE` (decoder-state.ts). */
	readonly state = new Uint8Array(STATE_SIZE);
	readonly #words = new Uint32Array(this.state.buffer, 0, WORDS);

	/**
	 * Starts a payload with so many LEDs (1 to 320) and frames.
	 * @param checking only the faults are of interest, not the frames: that is quicker
	 */
	reset(leds: number, frames: number, checking = false): void {
		const words = this.#words;
		words.fill(0);
		words[LEDS] = leds;
		words[FRAMES] = frames;
		words[CHECKING] = checking ? 1 : 0;
	}

	/** Starts over with the first frame; the next bytes are those from `framesStart` on. Only when all frames are complete. */
	rewind(): void {
		const words = this.#words;
		words[STEP] = FRAME_FLAGS;
		words[FRAME] = 0;
		words[CONSUMED] = this.framesStart;
		words[FRAME_END] = this.framesStart;
	}

	/**
	 * Takes the payload's next bytes[start..end) up to the end of the frame under way.
	 * @returns where it stopped: the frame is complete when `frames` is one more than before
	 */
	feed(bytes: Uint8Array, start: number, end: number): number {
		return decode(this.state, bytes, start, end, 1);
	}

	/** Takes all of them, up to the end of the last frame or to a fault. Returns where it stopped. */
	feedAll(bytes: Uint8Array, start: number, end: number): number {
		return decode(this.state, bytes, start, end, ALL);
	}

	/** Frames that are complete. */
	get frames(): number {
		return this.#words[FRAME];
	}

	/** All frames are complete. */
	get finished(): boolean {
		return this.#words[STEP] === FINISHED;
	}

	/** There was a fault: nothing more is taken. */
	get failed(): boolean {
		return this.#words[STEP] === FAILED;
	}

	/** Offset of the first frame in the payload, in bytes; known once there is a frame. */
	get framesStart(): number {
		return 2 + 3 * this.#words[COLORS];
	}

	/**
	 * What is wrong with a payload of so many bytes of which all have been fed, and perhaps the four of its CRC-32 as
	 * well; nothing when it has just the frames that it should.
	 */
	verdict(length: number): Refusal | undefined {
		const words = this.#words;
		const frame = words[FRAME];
		if (this.failed && words[CONSUMED] <= length) return refusalFor(words[FAULT], frame);
		if (!this.finished || words[FRAME_END] > length) {
			// A frame is 4 bytes at least: no more than one can have been completed by bytes of the CRC.
			return inFrame(PRISM_ENDS, words[FRAME_END] > length ? frame - 1 : frame);
		}
		return words[FRAME_END] < length ? inFrame(PRISM_SURPLUS, frame - 1) : undefined;
	}
}

/** The refusal for a fault in a frame. */
function refusalFor(fault: number, frame: number): Refusal {
	switch (fault) {
		case BAD_PALETTE:
			return PRISM_PALETTE;
		case BAD_FLAGS:
			return inFrame(PRISM_FLAGS, frame);
		case XOR_FIRST:
			return inFrame(PRISM_XOR_FIRST, frame);
		case BAD_INDEX:
			return inFrame(PRISM_INDEX, frame);
		case BAD_RUN:
			return inFrame(PRISM_RUN, frame);
		case BAD_LENGTH:
			return inFrame(PRISM_LENGTH, frame);
		default:
			throw new Error(`no fault ${fault}`);
	}
}
