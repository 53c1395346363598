/**
 * What is stored, in typed arrays: no object a pattern. A pattern has a slot (0 to 63) for as long as it lives; `order`
 * lists the slots in use sorted by name, in byte order.
 */

import { compare, copy } from "../bytes/bytes.js";
import { CAPACITY, NAME_LENGTH } from "./geometry.js";

/** Values of `checked`. */
export const UNCHECKED = 0;
export const WHOLE = 1;
export const DAMAGED = 2;

export class Directory {
	/** Patterns stored. */
	count = 0;
	/** Slots in use, by name; the first `count` count. */
	readonly order = new Uint8Array(CAPACITY);
	/** Names, 32 bytes a slot. */
	readonly names = new Uint8Array(CAPACITY * NAME_LENGTH);
	/** Bytes of each name. */
	readonly nameLengths = new Uint8Array(CAPACITY);
	/** Bytes of each pattern. */
	readonly sizes = new Uint32Array(CAPACITY);
	/** CRC-32 of each pattern. */
	readonly crcs = new Uint32Array(CAPACITY);
	/** Sequence number of the record that stored it. */
	readonly sequences = new Uint32Array(CAPACITY);
	/** `Sectors.turn` when its bytes came to be where they are. */
	readonly turns = new Uint32Array(CAPACITY);
	/** Its first data sector. */
	readonly heads = new Uint16Array(CAPACITY);
	/** Whether its bytes have been read and checked since the start: UNCHECKED, WHOLE or DAMAGED. */
	readonly checked = new Uint8Array(CAPACITY);

	/** Position in `order` of the name bytes[start..end), or ~position where it belongs. */
	search(bytes: Uint8Array, start: number, end: number): number {
		let low = 0;
		let high = this.count;
		while (low < high) {
			const middle = (low + high) >> 1;
			const slot = this.order[middle];
			const name = slot * NAME_LENGTH;
			const sign = compare(bytes, start, end, this.names, name, name + this.nameLengths[slot]);
			if (sign === 0) return middle;
			if (sign < 0) high = middle;
			else low = middle + 1;
		}
		return ~low;
	}

	/** Slot of the name, or -1. */
	find(bytes: Uint8Array, start: number, end: number): number {
		const position = this.search(bytes, start, end);
		return position < 0 ? -1 : this.order[position];
	}

	/** Slot of the pattern that the record of this sequence number stored, or -1. */
	findSequence(sequence: number): number {
		for (let i = 0; i < this.count; i++) {
			const slot = this.order[i];
			if (this.sequences[slot] === sequence) return slot;
		}
		return -1;
	}

	/** Takes a slot for a name that is not stored, at ~position as `search` gave it. The caller fills in the rest. */
	insert(position: number, bytes: Uint8Array, start: number, end: number): number {
		const slot = this.#freeSlot();
		const at = ~position;
		this.order.copyWithin(at + 1, at, this.count);
		this.order[at] = slot;
		this.count++;
		copy(this.names, slot * NAME_LENGTH, bytes, start, end);
		this.nameLengths[slot] = end - start;
		return slot;
	}

	/** Gives the slot up. */
	remove(slot: number): void {
		const at = this.order.indexOf(slot);
		this.order.copyWithin(at, at + 1, this.count);
		this.count--;
		this.nameLengths[slot] = 0;
	}

	/** Forgets everything. */
	clear(): void {
		this.count = 0;
		this.nameLengths.fill(0);
	}

	#freeSlot(): number {
		const slot = this.nameLengths.indexOf(0);
		if (slot < 0) throw new Error("directory overflow");
		return slot;
	}
}
