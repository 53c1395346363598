/**
 * Reads one stored pattern. While a reader is open its pattern's bytes stay where they are, even when the pattern is
 * replaced or deleted meanwhile. The store has a few of these, made at boot.
 */

import { crc32 } from "../bytes/bytes.js";
import { DAMAGED, WHOLE } from "./directory.js";
import { END } from "./sectors.js";
import type { ChainUser, Volume } from "./volume.js";

export type Verdict = "ok" | "damaged" | "more";

export class Reader implements ChainUser {
	/** Bytes of the pattern. */
	size = 0;
	/** Its CRC-32, as stored. */
	crc = 0;
	/** All its bytes have been read since the start, and their CRC-32 was right. */
	verified = false;
	/** After `block`: the bytes at the offset are view[start..end). */
	view: Uint8Array;
	start = 0;
	end = 0;
	head = END;
	orphan = false;
	#slot = 0;
	#sequence = 0;
	sector = END;
	/** The place of `sector` in the chain. */
	#index = 0;
	/** How far `verifyStep` has come. */
	#checked = 0;
	#running = 0;
	readonly #volume: Volume;

	/** Made by the store. @param nothing the view before any `block` */
	constructor(volume: Volume, nothing: Uint8Array) {
		this.#volume = volume;
		this.view = nothing;
	}

	/** Opens the pattern in a slot. Called by `PatternStore.open`. */
	attach(slot: number): void {
		const { directory } = this.#volume;
		this.size = directory.sizes[slot];
		this.crc = directory.crcs[slot];
		this.verified = directory.checked[slot] === WHOLE;
		this.head = directory.heads[slot];
		this.orphan = false;
		this.#slot = slot;
		this.#sequence = directory.sequences[slot];
		this.sector = this.head;
		this.#index = 0;
		this.#checked = 0;
		this.#running = 0;
	}

	/**
	 * Reads the sector at byte `offset` of the pattern (below `size`) through the cache. Then the bytes from `offset` to
	 * that sector's end are view[start..end), until anything else is read from the store.
	 * @throws RefusedError(FLASH_FAILED)
	 */
	block(offset: number): void {
		const { cache, geometry, sectors } = this.#volume;
		const { sectorLength } = geometry;
		const index = Math.floor(offset / sectorLength);
		if (index < this.#index) {
			this.#index = 0;
			this.sector = this.head;
		}
		for (; this.#index < index; this.#index++) this.sector = sectors.next[this.sector];
		this.view = cache.get(this.sector);
		this.start = offset - index * sectorLength;
		this.end = Math.min(sectorLength, this.size - index * sectorLength);
	}

	/**
	 * Reads on, one sector a call, until the whole pattern has been compared with its CRC-32. A pattern that was found
	 * whole since the start is not read again.
	 * @returns "more" until it is known, then "ok" or "damaged"
	 * @throws RefusedError(FLASH_FAILED)
	 */
	verifyStep(): Verdict {
		if (this.verified) return "ok";
		if (this.#checked < this.size) {
			this.block(this.#checked);
			this.#running = crc32(this.#running, this.view, this.start, this.end);
			this.#checked += this.end - this.start;
			if (this.#checked < this.size) return "more";
		}
		this.verified = this.#running === this.crc;
		const { directory } = this.#volume;
		// The slot may have gone to another pattern meanwhile.
		if (directory.findSequence(this.#sequence) === this.#slot) {
			directory.checked[this.#slot] = this.verified ? WHOLE : DAMAGED;
		}
		return this.verified ? "ok" : "damaged";
	}

	/** Lets the pattern go. Does nothing when that was done. */
	close(): void {
		const { head, orphan } = this;
		if (head === END) return;
		this.head = END;
		this.sector = END;
		if (orphan) this.#volume.release(head);
	}
}
