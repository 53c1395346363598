/**
 * The marks of a journal area: 32 bytes at 64 that are programmed to 0x00 one after the other, each by an operation of
 * its own. They tell whether the area is open, and what may be believed of the other one, the spare.
 *
 *     0 OPEN   1 TOUCHED   2 BLANK   3 BEGUN   4 TOUCHED   5 BLANK   6 BEGUN   ...   31 TOUCHED
 *
 * TOUCHED: the spare is about to be erased. BLANK: all of it has been erased. BEGUN: a snapshot is about to go there.
 * The last mark counts. A mark whose program was cut may read either way at every start, so each start that changes
 * anything sets another one first, and both readings of the doubtful one are true: TOUCHED and BEGUN come before what
 * they announce, BLANK comes after it. docs/pattern-store.md, "Marks", goes through the cases.
 */

import type { Partition } from "./partition.js";

const MARKS_AT = 64;
const COUNT = 32;
const KINDS = 3;

export const TOUCHED = 1;
export const BLANK = 2;
export const BEGUN = 3;

/** Whether a byte that is 0xFF at first and 0x00 in the end is to count as programmed, though a bit may have changed. */
export function isMarked(byte: number): boolean {
	if (byte === 0x00 || byte === 0xff) return byte === 0x00;
	let ones = 0;
	for (let bits = byte; bits > 0; bits &= bits - 1) ones++;
	return ones <= 4;
}

export class AreaMarks {
	/** The area has been opened. */
	open = false;
	/** It is sure to read as open ever after. */
	firm = false;
	/** The spare has been erased whole, and nothing was programmed there since. */
	spareBlank = false;
	/** A snapshot may have gone to the spare: perhaps the next start takes it for the newer area. */
	spareBegun = false;
	#offset = 0;
	#next = 0;
	readonly #bytes = new Uint8Array(COUNT);
	readonly #mark = new Uint8Array(1);
	readonly #partition: Partition;

	constructor(partition: Partition) {
		this.#partition = partition;
	}

	/** Reads the marks of the area at byte `offset`. @throws RefusedError(FLASH_FAILED) */
	read(offset: number): void {
		this.#partition.read(this.#bytes, offset + MARKS_AT);
		this.#offset = offset;
		this.#next = 0;
		this.open = false;
		this.spareBlank = false;
		this.spareBegun = false;
		this.firm = false;
		for (let i = 0; i < COUNT; i++) {
			if (this.#bytes[i] === 0xff) continue;
			this.#next = i + 1;
			if (!isMarked(this.#bytes[i])) continue;
			this.open = true;
			const kind = i === 0 ? 0 : ((i - 1) % KINDS) + 1;
			this.spareBlank = kind === BLANK;
			// The last one stands for BEGUN, too.
			if (kind === BEGUN || i === COUNT - 1) this.spareBegun = true;
			// These are set by nobody who is not sure of the area.
			if (kind >= BLANK) this.firm = true;
		}
		if (this.spareBlank) this.spareBegun = false;
	}

	/** Forgets the area: there is none of format 2. */
	clear(): void {
		this.open = false;
		this.firm = true;
		this.spareBlank = false;
		this.spareBegun = false;
	}

	/** Whether there is room to set BLANK and, after it, the others. */
	get room(): boolean {
		return !this.open || this.#place(BLANK) < COUNT - 2;
	}

	/** Opens the area at byte `offset`. @throws RefusedError(FLASH_FAILED) and then nobody knows whether it is open */
	openAt(offset: number): void {
		this.#partition.program(this.#mark, offset + MARKS_AT);
		this.#offset = offset;
		this.#next = 1;
		this.open = true;
		this.firm = true;
		this.spareBlank = false;
		this.spareBegun = false;
	}

	/** Sets the next mark of a kind. The last byte of all may be programmed more than once. @throws RefusedError(FLASH_FAILED) */
	set(kind: number): void {
		if (!this.open) return;
		const at = Math.min(this.#place(kind), COUNT - 1);
		this.#next = at + 1;
		this.#partition.program(this.#mark, this.#offset + MARKS_AT + at);
		this.firm = true;
	}

	/** The next place for a mark of a kind that nothing was programmed to yet. */
	#place(kind: number): number {
		let at = Math.max(this.#next, 1);
		while (((at - 1) % KINDS) + 1 !== kind) at++;
		return at;
	}
}
