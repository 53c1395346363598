/** The flash partition with its geometry: every failure of the flash comes out as one refusal. */

import { compare, crc32, filled } from "../bytes/bytes.js";
import { FLASH_FAILED, RefusedError } from "../core/errors.js";
import type { FlashPort } from "./flash-port.js";
import { Geometry } from "./geometry.js";

/** Bytes looked at in one go: a sector that holds data nearly always shows it in the first piece. */
const PIECE = 512;

export class Partition {
	readonly flash: FlashPort;
	readonly geometry: Geometry;
	/** Calls of the flash to erase something. */
	erases = 0;
	readonly #piece: Uint8Array;
	readonly #zero = new Uint8Array(1);

	/** @throws Error for a flash that no store fits on */
	constructor(flash: FlashPort) {
		this.flash = flash;
		this.geometry = new Geometry(flash);
		this.#piece = new Uint8Array(Math.min(PIECE, this.geometry.sectorLength));
	}

	/** Fills the view from byte `offset` on. @throws RefusedError(FLASH_FAILED) */
	read(view: Uint8Array, offset: number): void {
		try {
			this.flash.read(view, offset);
		} catch {
			throw new RefusedError(FLASH_FAILED);
		}
	}

	/** Programs the view from byte `offset` on. @throws RefusedError(FLASH_FAILED) */
	program(view: Uint8Array, offset: number): void {
		try {
			this.flash.write(view, offset);
		} catch {
			throw new RefusedError(FLASH_FAILED);
		}
	}

	/** Programs the first byte of a data sector to 0x00, so that it is never taken for erased. @returns whether it took that */
	spoil(sector: number): boolean {
		try {
			this.flash.write(this.#zero, this.geometry.dataOffset + sector * this.geometry.sectorLength);
			return true;
		} catch {
			return false;
		}
	}

	/** Erases sectors, numbered from the partition's start. @throws RefusedError(FLASH_FAILED) */
	erase(start: number, end: number): void {
		this.erases++;
		try {
			this.flash.eraseBlock(start, end);
		} catch {
			throw new RefusedError(FLASH_FAILED);
		}
	}

	/** Whether bytes `start` to `end` are all erased. @throws RefusedError(FLASH_FAILED) */
	blank(start: number, end: number): boolean {
		for (let at = start; at < end; at += this.#piece.length) {
			const length = this.#fill(at, end);
			if (!filled(this.#piece, 0xff, 0, length)) return false;
		}
		return true;
	}

	/** CRC-32 of bytes `start` to `end`, running on from `crc`. @throws RefusedError(FLASH_FAILED) */
	crc(crc: number, start: number, end: number): number {
		let running = crc;
		for (let at = start; at < end; at += this.#piece.length) {
			const length = this.#fill(at, end);
			running = crc32(running, this.#piece, 0, length);
		}
		return running;
	}

	/** Whether view[0..length) is what stands from byte `start` on. @throws RefusedError(FLASH_FAILED) */
	same(view: Uint8Array, length: number, start: number): boolean {
		for (let at = 0; at < length; at += this.#piece.length) {
			const count = this.#fill(start + at, start + length);
			if (compare(this.#piece, 0, count, view, at, at + count) !== 0) return false;
		}
		return true;
	}

	/** Reads the piece at `at`, of what goes up to `end`. @returns its length */
	#fill(at: number, end: number): number {
		const length = Math.min(this.#piece.length, end - at);
		this.read(length === this.#piece.length ? this.#piece : this.#piece.subarray(0, length), at);
		return length;
	}
}
