/**
 * The start of a .prism file, all integers little-endian:
 *
 *     0 "PRSM"   4 version u16   6 LEDs u16   8 frames u32   12 frames per second u32, times 256
 *     16 color format u8   17 compression u8   18 reserved u16   20 header CRC-32   24 padding to 64
 *     version 1.1 only: 64 metadata version u8   65 motion u8   66 sync u8   67 reserved u8, then u16 each:
 *     68 delay ms   70, 72 progressive start and end ms   74, 76, 78 wave amplitude ms, frequency Hz, phase degrees
 *     then u16 length and so many bytes of JSON, the payload (frame-decoder.ts), and the payload's CRC-32
 */

import { copy, crc32 } from "../bytes/bytes.js";
import {
	PRISM_COLOR_FORMAT,
	PRISM_FPS,
	PRISM_FRAMES,
	PRISM_HEADER_CRC,
	PRISM_LEDS,
	PRISM_TRUNCATED,
	PRISM_VERSION,
	RefusedError,
} from "../core/errors.js";
import { MOST_LEDS } from "./decoder-state.js";

export const VERSION_1_0 = 0x0100;
export const VERSION_1_1 = 0x0101;
export const HEADER_1_0 = 64;
export const HEADER_1_1 = 80;
/** Frames per second, times 256. */
export const LEAST_FPS = 256;
export const MOST_FPS = 120 * 256;
/** The one color format there is: palette indices. */
export const PALETTE_FORMAT = 1;

// Motions: from where to where strip 2 follows.
export const LEFT = 0;
export const RIGHT = 1;
export const CENTER = 2;
export const EDGE = 3;
export const STATIC = 4;
// How it does.
export const SYNC = 0;
export const OFFSET = 1;
export const PROGRESSIVE = 2;
export const WAVE = 3;
export const CUSTOM = 4;

/** "PRSM", read as a little-endian u32. */
const MAGIC = 0x4d535250;
/** Header, version 1.1's extension and the length of the JSON behind it: all that has to be kept of a file. */
const MOST_COLLECTED = HEADER_1_1 + 2;

/**
 * The CRC-32 that belongs into bytes 20 to 23 of a header of this length: it covers bytes 0 to 19 and, in version 1.1,
 * 64 to 69.
 */
export function headerCrc(bytes: Uint8Array, length: number): number {
	const crc = crc32(0, bytes, 0, 20);
	return length === HEADER_1_1 ? crc32(crc, bytes, 64, 70) : crc;
}

/** Collects a file's header as its bytes go by, and reads it. For one file after the other. */
export class PrismHeader {
	/** The file starts as a .prism file does. */
	isPrism = false;
	/** No more has to be collected: the payload's place is known, or there is none to be found. */
	complete = false;
	/** Where the payload starts, in bytes of the file; 0 while that is not known. What follows is known when this is. */
	payloadStart = 0;
	/** LEDs, 1 to 320. */
	leds = 0;
	/** Frames, at least 1. */
	frames = 0;
	/** Frames per second times 256, 256 to 30,720. */
	fps256 = 0;
	/** Bytes of the file's start in `#start`. */
	#collected = 0;
	/** Length of the header that magic and version call for; 0 when they are not of a .prism file that is known. */
	#length = 0;
	readonly #start = new Uint8Array(MOST_COLLECTED);
	readonly #view = new DataView(this.#start.buffer);

	/** Forgets the file before. */
	reset(): void {
		this.isPrism = false;
		this.complete = false;
		this.payloadStart = 0;
		this.#collected = 0;
		this.#length = 0;
	}

	/** Takes of the file's next bytes[start..end) what it needs. @param position bytes of the file before these */
	collect(bytes: Uint8Array, start: number, end: number, position: number): void {
		const view = this.#view;
		const take = Math.min(end - start, MOST_COLLECTED - position);
		copy(this.#start, position, bytes, start, start + take);
		const collected = position + take;
		this.#collected = collected;
		if (collected < 6) {
			this.isPrism = collected >= 4 && view.getUint32(0, true) === MAGIC;
			return;
		}
		this.isPrism = view.getUint32(0, true) === MAGIC;
		const version = this.isPrism ? view.getUint16(4, true) : 0;
		const length = version === VERSION_1_0 ? HEADER_1_0 : version === VERSION_1_1 ? HEADER_1_1 : 0;
		this.#length = length;
		this.complete = length === 0 || collected >= length + 2;
		if (length === 0 || !this.complete) return;
		this.leds = view.getUint16(6, true);
		this.frames = view.getUint32(8, true);
		this.fps256 = view.getUint32(12, true);
		this.payloadStart = length + 2 + view.getUint16(length, true);
	}

	/** One of the motions; LEFT where the file says none or one that nobody knows. */
	get motion(): number {
		return this.#choice(65, STATIC);
	}

	/** One of the ways to follow; SYNC where the file says none or one that nobody knows. */
	get sync(): number {
		return this.#choice(66, CUSTOM);
	}

	get delay(): number {
		return this.#parameter(68);
	}

	get progressiveStart(): number {
		return this.#parameter(70);
	}

	get progressiveEnd(): number {
		return this.#parameter(72);
	}

	get waveAmplitude(): number {
		return this.#parameter(74);
	}

	get waveFrequency(): number {
		return this.#parameter(76);
	}

	get wavePhase(): number {
		return this.#parameter(78);
	}

	/**
	 * Says what is wrong with the header of a file that is .prism.
	 * @param size bytes in the file
	 * @throws RefusedError with one of the PRISM_ refusals
	 */
	check(size: number): void {
		const { leds, fps256 } = this;
		const length = this.#length;
		if (this.#collected < 6) throw new RefusedError(PRISM_TRUNCATED);
		if (length === 0) throw new RefusedError(PRISM_VERSION);
		if (this.#collected < length) throw new RefusedError(PRISM_TRUNCATED);
		if (headerCrc(this.#start, length) !== this.#view.getUint32(20, true)) throw new RefusedError(PRISM_HEADER_CRC);
		// Of a file that ends here, not even the numbers were read.
		if (this.payloadStart === 0) throw new RefusedError(PRISM_TRUNCATED);
		if (leds < 1 || leds > MOST_LEDS) throw new RefusedError(PRISM_LEDS);
		if (fps256 < LEAST_FPS || fps256 > MOST_FPS) throw new RefusedError(PRISM_FPS);
		if (this.frames === 0) throw new RefusedError(PRISM_FRAMES);
		if (this.#start[16] !== PALETTE_FORMAT) throw new RefusedError(PRISM_COLOR_FORMAT);
		if (size < this.payloadStart + 4) throw new RefusedError(PRISM_TRUNCATED);
	}

	#choice(at: number, most: number): number {
		const value = this.#length === HEADER_1_1 ? this.#start[at] : 0;
		return value <= most ? value : 0;
	}

	#parameter(at: number): number {
		return this.#length === HEADER_1_1 ? this.#view.getUint16(at, true) : 0;
	}
}
