/** The flash partition with its geometry: every failure of the flash comes out as one refusal. */

import { filled } from "../bytes/bytes.js";
import { FLASH_FAILED, RefusedError } from "../core/errors.js";
import type { FlashPort } from "./flash-port.js";
import { Geometry } from "./geometry.js";

/** Bytes looked at in one go: a sector that holds data nearly always shows it in the first piece. */
const PIECE = 512;

export class Partition {
	readonly flash: FlashPort;
	readonly geometry: Geometry;
	readonly #piece: Uint8Array;

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

	/** Erases sectors, numbered from the partition's start. @throws RefusedError(FLASH_FAILED) */
	erase(start: number, end: number): void {
		try {
			this.flash.eraseBlock(start, end);
		} catch {
			throw new RefusedError(FLASH_FAILED);
		}
	}

	/** Whether bytes `start` to `end` are all erased. @throws RefusedError(FLASH_FAILED) */
	blank(start: number, end: number): boolean {
		const piece = this.#piece;
		let at = start;
		for (; at + piece.length <= end; at += piece.length) {
			this.read(piece, at);
			if (!filled(piece, 0xff, 0, piece.length)) return false;
		}
		if (at === end) return true;
		this.read(piece.subarray(0, end - at), at);
		return filled(piece, 0xff, 0, end - at);
	}
}
