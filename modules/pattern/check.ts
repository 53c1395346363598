import { crc32, crc32Combine } from "../bytes/bytes.js";
import { PRISM_PAYLOAD_CRC, PRISM_REQUIRED, RefusedError } from "../core/errors.js";
import { MOST_LEDS } from "./decoder-state.js";
import { FrameDecoder } from "./frame-decoder.js";
import { PrismHeader } from "./header.js";

/** CRC-32 of any bytes followed by their own little-endian CRC-32. */
const RESIDUE = 0x2144df1c;

/**
 * Checks .prism files while their bytes go by (docs/protocol.md, "What VALIDATING checks"), one at a time; `reset` starts
 * the next. Nothing of a file is kept but its header and one frame.
 */
export class PrismCheck {
	/** Nothing more has to be fed: the hot path's way out. */
	done = false;
	/** The payload has begun. */
	#decoding = false;
	/** CRC-32 of everything before the payload. */
	#crcBefore = 0;
	readonly #header = new PrismHeader();
	readonly #frames = new FrameDecoder();

	/** Forgets the file before. */
	reset(): void {
		this.done = false;
		this.#decoding = false;
		this.#header.reset();
	}

	/**
	 * Takes the next bytes[start..end) of the file.
	 * @param crc CRC-32 of the file up to here
	 * @param position bytes of the file before these
	 */
	feed(crc: number, bytes: Uint8Array, start: number, end: number, position: number): void {
		const from = this.#decoding ? start : this.#startDecoding(crc, bytes, start, end, position);
		if (from < end && this.#frames.feedAll(bytes, from, end) < end) this.done = true;
	}

	/** Looks for the start of the payload; returns where it is, or the end where it is not in these bytes. */
	#startDecoding(crc: number, bytes: Uint8Array, start: number, end: number, position: number): number {
		const header = this.#header;
		if (!header.complete) header.collect(bytes, start, end, position);
		if (!header.complete) return end;
		if (header.payloadStart === 0) {
			this.done = true;
			return end;
		}
		const from = start + header.payloadStart - position;
		if (from >= end) return end;
		this.#crcBefore = crc32(crc, bytes, start, from);
		// A header that is wrong is refused at the end: until then, its frames just have to do no harm.
		this.#frames.reset(Math.min(header.leds, MOST_LEDS), header.frames, true);
		this.#decoding = true;
		return from;
	}

	/**
	 * Says what is wrong with the file, now that all of it has been fed.
	 * @param required refuse files that are not .prism, rather than leave them alone
	 * @param size bytes in the file
	 * @param crc CRC-32 of the file
	 * @throws RefusedError with one of the PRISM_ refusals
	 */
	check(required: boolean, size: number, crc: number): void {
		const header = this.#header;
		if (!header.isPrism) {
			if (required) throw new RefusedError(PRISM_REQUIRED);
			return;
		}
		header.check(size);
		// The file's CRC is that of its start combined with that of the rest, and a payload followed by its own
		// CRC-32 always has the same one: no second CRC over the payload.
		if (crc32Combine(this.#crcBefore, RESIDUE, size - header.payloadStart) !== crc) {
			throw new RefusedError(PRISM_PAYLOAD_CRC);
		}
		const refusal = this.#frames.verdict(size - header.payloadStart - 4);
		if (refusal !== undefined) throw new RefusedError(refusal);
	}
}
