/**
 * The rules for .prism pattern files, checked while the bytes go by (docs/protocol.md, "What VALIDATING checks"). All
 * integers in the file are little-endian.
 *
 *     0 "PRSM"   4 version u16   6 LEDs u16   8 frames u32   12 frames per second u32, times 256
 *     16 color format u8   17 compression u8   18 reserved u16   20 header CRC-32   24 padding to 64
 *     version 1.1 only: 64 metadata version u8   65 motion u8   66 sync u8   67 reserved u8   68 six u16 parameters
 *     then u16 length and so many bytes of JSON, the payload, and the payload's CRC-32
 */

import { copy, crc32, crc32Combine } from "../bytes/bytes.js";
import {
	PRISM_FPS,
	PRISM_FRAMES,
	PRISM_HEADER_CRC,
	PRISM_LEDS,
	PRISM_PAYLOAD_CRC,
	PRISM_REQUIRED,
	PRISM_TRUNCATED,
	PRISM_VERSION,
	RefusedError,
} from "../core/errors.js";

/** "PRSM", read as a little-endian u32. */
const MAGIC = 0x4d535250;
const VERSION_1_0 = 0x0100;
const VERSION_1_1 = 0x0101;
const HEADER_1_0 = 64;
const HEADER_1_1 = 80;
/** Header, version 1.1's extension and the length of the JSON behind it: all that has to be kept of a file. */
const MOST_COLLECTED = HEADER_1_1 + 2;
const MOST_LEDS = 320;
const MOST_FPS = 120 * 256;
/** CRC-32 of any bytes followed by their own little-endian CRC-32. */
const RESIDUE = 0x2144df1c;

/** Checks one file at a time; `reset` starts the next. */
export class PrismCheck {
	/** Nothing more has to be fed: the hot path's way out. */
	done = false;
	/** Bytes of the file's start in `#start`. */
	#collected = 0;
	/** Where the payload starts, or 0 while that is unknown. */
	#payloadStart = 0;
	/** CRC-32 of everything before the payload. */
	#crcBefore = 0;
	readonly #start = new Uint8Array(MOST_COLLECTED);
	readonly #view = new DataView(this.#start.buffer);

	/** Forgets the file before. */
	reset(): void {
		this.done = false;
		this.#collected = 0;
		this.#payloadStart = 0;
	}

	/**
	 * Takes the next bytes[start..end) of the file.
	 * @param crc CRC-32 of the file up to here
	 * @param position bytes of the file before these
	 */
	feed(crc: number, bytes: Uint8Array, start: number, end: number, position: number): void {
		if (this.#payloadStart === 0) this.#collect(bytes, start, end, position);
		if (this.#payloadStart === 0 || this.done) return;
		const payload = start + this.#payloadStart - position;
		if (payload > end) return;
		this.#crcBefore = crc32(crc, bytes, start, payload);
		this.done = true;
	}

	#collect(bytes: Uint8Array, start: number, end: number, position: number): void {
		const take = Math.min(end - start, MOST_COLLECTED - position);
		copy(this.#start, position, bytes, start, start + take);
		this.#collected = position + take;
		if (this.#collected < 6) return;
		const header = this.#headerLength();
		if (header === 0) this.done = true;
		else if (this.#collected >= header + 2) {
			this.#payloadStart = header + 2 + this.#view.getUint16(header, true);
		}
	}

	/** Length of the header that magic and version call for, or 0 when they are not of a .prism file that is known. */
	#headerLength(): number {
		if (this.#view.getUint32(0, true) !== MAGIC) return 0;
		const version = this.#view.getUint16(4, true);
		if (version === VERSION_1_0) return HEADER_1_0;
		return version === VERSION_1_1 ? HEADER_1_1 : 0;
	}

	/**
	 * Says what is wrong with the file, now that all of it has been fed.
	 * @param required refuse files that are not .prism, rather than leave them alone
	 * @param size bytes in the file
	 * @param crc CRC-32 of the file
	 * @throws RefusedError with one of the PRISM_ refusals
	 */
	check(required: boolean, size: number, crc: number): void {
		const view = this.#view;
		if (this.#collected < 4 || view.getUint32(0, true) !== MAGIC) {
			if (required) throw new RefusedError(PRISM_REQUIRED);
			return;
		}
		if (this.#collected < 6) throw new RefusedError(PRISM_TRUNCATED);
		const header = this.#headerLength();
		if (header === 0) throw new RefusedError(PRISM_VERSION);
		if (this.#collected < header) throw new RefusedError(PRISM_TRUNCATED);
		this.#checkHeader(header);
		if (this.#payloadStart === 0 || size < this.#payloadStart + 4) throw new RefusedError(PRISM_TRUNCATED);
		// The file's CRC is that of its start combined with that of the rest, and a payload followed by its own
		// CRC-32 always has the same one: no second CRC over the payload.
		if (crc32Combine(this.#crcBefore, RESIDUE, size - this.#payloadStart) !== crc) {
			throw new RefusedError(PRISM_PAYLOAD_CRC);
		}
	}

	#checkHeader(header: number): void {
		const view = this.#view;
		let crc = crc32(0, this.#start, 0, 20);
		if (header === HEADER_1_1) crc = crc32(crc, this.#start, 64, 70);
		if (crc !== view.getUint32(20, true)) throw new RefusedError(PRISM_HEADER_CRC);
		const leds = view.getUint16(6, true);
		if (leds < 1 || leds > MOST_LEDS) throw new RefusedError(PRISM_LEDS);
		const fps = view.getUint32(12, true);
		if (fps < 256 || fps > MOST_FPS) throw new RefusedError(PRISM_FPS);
		if (view.getUint32(8, true) === 0) throw new RefusedError(PRISM_FRAMES);
	}
}
