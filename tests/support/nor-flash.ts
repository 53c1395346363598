/**
 * A NOR flash in memory, for specs on every engine. Erased sectors cost no memory. It keeps to the chip's rules and
 * remembers the first breach of them: programming only clears bits, and (stricter than the chip) never touches a byte
 * that was programmed before, so that no bit is programmed twice. The one exception is a mark: a single byte 0x00 may
 * be programmed again, to make it firm.
 *
 * `cutAt` cuts the power at one operation: a `write` call is one, and so is each single sector of an `eraseBlock`, or 16
 * sectors that start at a multiple of 16, which the chip erases at once. That operation is left torn, it and everything after it throws, until `powerOn`. `failAt` makes one operation fail in the
 * same ways while the power stays on. The bits of an operation that was left "weak" hold their value so badly that
 * they may read as done or as not done, at each start anew, until they are erased or programmed for good: `weakReads`.
 */

/** How much of an operation has been done when the power fails or the flash does. */
export type Torn = "none" | "half" | "almost" | "noise" | "weak" | "done";

/** How weak bits read: all as done, all as not done, or each as a hash of this seed has it. */
export type WeakReads = "done" | "undone" | number;

/** Sectors that are erased at once where a call covers all of them. */
const BLOCK_SECTORS = 16;

export interface NorFlashOptions {
	/** Sectors on the partition. */
	sectors: number;
	/** Bytes in a sector. */
	sectorLength: number;
}

export class NorFlash {
	/** Programs and erases so far. */
	operations = 0;
	/** The power is off: everything throws. */
	off = false;
	/** The first breach of the rules, or "". */
	violation = "";
	/** When set, every `write` and `eraseBlock` throws without doing anything, and the power stays on. */
	failing = false;
	weakReads: WeakReads = "done";
	/** Sectors that refuse every program and erase. */
	readonly refusing = new Set<number>();
	/** Erases of each sector so far. */
	readonly erases: Uint32Array;
	readonly #sectorLength: number;
	readonly #content: (Uint8Array | undefined)[] = [];
	/** Bits that are weak, by sector. `#content` holds them as done. */
	readonly #weak = new Map<number, Uint8Array>();
	#torn: Torn | undefined;
	#tornAt = 0;
	#cuts = true;
	#noise = 1;

	constructor(options: NorFlashOptions) {
		this.#sectorLength = options.sectorLength;
		this.erases = new Uint32Array(options.sectors);
		for (let i = 0; i < options.sectors; i++) this.#content.push(undefined);
	}

	/** Cuts the power at the `count`th operation from now on, 1 being the next. */
	cutAt(count: number, torn: Torn): void {
		this.#plan(count, torn, true);
	}

	/** Has the `count`th operation from now on fail, 1 being the next, though perhaps it was done all the same. */
	failAt(count: number, torn: Torn): void {
		this.#plan(count, torn, false);
	}

	/** The power is back, and nothing is planned any more. */
	powerOn(): void {
		this.off = false;
		this.#torn = undefined;
	}

	/** Weak bits read as not done from now on. */
	fade(): void {
		this.weakReads = "undone";
	}

	/** A flash with the same content and counters. */
	clone(): NorFlash {
		const twin = new NorFlash({ sectors: this.#content.length, sectorLength: this.#sectorLength });
		twin.erases.set(this.erases);
		for (let i = 0; i < this.#content.length; i++) twin.#content[i] = this.#content[i]?.slice();
		for (const [sector, weak] of this.#weak) twin.#weak.set(sector, weak.slice());
		twin.weakReads = this.weakReads;
		for (const sector of this.refusing) twin.refusing.add(sector);
		return twin;
	}

	status(): { size: number; blocks: number; blockLength: number } {
		const blocks = this.#content.length;
		return { size: blocks * this.#sectorLength, blocks, blockLength: this.#sectorLength };
	}

	read(view: Uint8Array, offset: number): number {
		this.#check(offset, view.length);
		let at = 0;
		while (at < view.length) {
			const sector = Math.floor((offset + at) / this.#sectorLength);
			const start = offset + at - sector * this.#sectorLength;
			const length = Math.min(view.length - at, this.#sectorLength - start);
			const content = this.#content[sector];
			if (!content) view.fill(0xff, at, at + length);
			else if (!this.#weak.has(sector)) view.set(content.subarray(start, start + length), at);
			else for (let i = 0; i < length; i++) view[at + i] = this.#visible(sector, start + i);
			at += length;
		}
		return view.length;
	}

	write(view: Uint8Array, offset: number): void {
		this.#check(offset, view.length);
		this.#refuse(offset, view.length);
		const torn = this.#count();
		const length = torn ? tornLength(torn, view.length) : view.length;
		for (let at = 0; at < length; ) {
			const sector = Math.floor((offset + at) / this.#sectorLength);
			const start = offset + at - sector * this.#sectorLength;
			const end = Math.min(start + length - at, this.#sectorLength);
			this.#program(sector, start, end, view, at, torn);
			at += end - start;
		}
		if (torn) this.#fail();
	}

	eraseBlock(start: number, end: number): void {
		this.#check(start * this.#sectorLength, (end - start) * this.#sectorLength);
		this.#refuse(start * this.#sectorLength, (end - start) * this.#sectorLength);
		for (let at = start; at < end; ) {
			const next = at % BLOCK_SECTORS === 0 && at + BLOCK_SECTORS <= end ? at + BLOCK_SECTORS : at + 1;
			const torn = this.#count();
			// All of a block is erased at the same time, and so all of it is torn.
			for (let sector = at; sector < next; sector++) this.#erase(sector, torn);
			if (torn) this.#fail();
			at = next;
		}
	}

	close(): void {}

	/** Changes one byte as wear or radiation might: no rule holds. */
	corrupt(offset: number, value: number): void {
		const sector = Math.floor(offset / this.#sectorLength);
		const at = offset - sector * this.#sectorLength;
		this.#writable(sector)[at] = value;
		const weak = this.#weak.get(sector);
		if (weak) weak[at] = 0;
	}

	#plan(count: number, torn: Torn, cuts: boolean): void {
		this.#tornAt = this.operations + count;
		this.#torn = torn;
		this.#cuts = cuts;
		this.#noise = count * 2654435761;
	}

	#program(sector: number, start: number, end: number, view: Uint8Array, at: number, torn: Torn | undefined): void {
		const content = this.#writable(sector);
		let weak = this.#weak.get(sector);
		if (torn === "weak" && !weak) {
			weak = new Uint8Array(this.#sectorLength);
			this.#weak.set(sector, weak);
		}
		for (let i = start; i < end; i++) {
			const wanted = view[at + i - start];
			if (wanted === 0xff) continue;
			const before = weak ? this.#visible(sector, i) : content[i];
			const isMark = wanted === 0 && view.length === 1;
			if (before !== 0xff && !isMark && this.violation === "") {
				this.violation = `operation ${this.operations} programs a byte again, at ${i} in sector ${sector}`;
			}
			if (weak && torn === "weak") weak[i] |= ~wanted & (before | weak[i]);
			else if (weak && torn !== "noise") weak[i] &= wanted;
			content[i] &= torn === "noise" ? wanted | this.#random() : wanted;
		}
	}

	#erase(sector: number, torn: Torn | undefined): void {
		const content = this.#content[sector];
		if (torn === undefined || torn === "done" || torn === "weak") {
			this.erases[sector]++;
			if (torn === "weak" && content) {
				const weak = this.#weak.get(sector);
				this.#weak.set(
					sector,
					content.map((byte, i) => ~byte | (weak ? weak[i] : 0)),
				);
				content.fill(0xff);
			} else {
				this.#content[sector] = undefined;
				this.#weak.delete(sector);
			}
		} else if (content) {
			if (torn === "noise") for (let i = 0; i < content.length; i++) content[i] |= this.#random();
			else content.fill(0xff, 0, tornLength(torn, content.length));
		}
	}

	#visible(sector: number, at: number): number {
		const byte = this.#content[sector]![at];
		const weak = this.#weak.get(sector)?.[at] ?? 0;
		if (weak === 0 || this.weakReads === "done") return byte;
		if (this.weakReads === "undone") return byte ^ weak;
		let hash = Math.imul(sector * this.#sectorLength + at + 1, 2654435761) ^ Math.imul(this.weakReads + 1, 0x27d4eb2f);
		hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
		return byte ^ (weak & (hash ^ (hash >>> 13)));
	}

	#writable(sector: number): Uint8Array {
		let content = this.#content[sector];
		if (!content) {
			content = new Uint8Array(this.#sectorLength).fill(0xff);
			this.#content[sector] = content;
		}
		return content;
	}

	#refuse(offset: number, length: number): void {
		if (this.failing) throw new Error("the flash fails");
		const end = Math.ceil((offset + length) / this.#sectorLength);
		for (let sector = Math.floor(offset / this.#sectorLength); sector < end; sector++) {
			if (this.refusing.has(sector)) throw new Error("the sector fails");
		}
	}

	#count(): Torn | undefined {
		this.operations++;
		return this.operations === this.#tornAt ? this.#torn : undefined;
	}

	#fail(): never {
		this.#torn = undefined;
		if (!this.#cuts) throw new Error("the flash fails this once");
		this.off = true;
		throw new Error("power cut");
	}

	#check(offset: number, length: number): void {
		if (this.off) throw new Error("the power is off");
		if (offset < 0 || offset + length > this.#content.length * this.#sectorLength) {
			this.violation ||= `access to ${length} bytes at ${offset}`;
			throw new RangeError("outside the partition");
		}
	}

	/** Bits at random, the same ones in every run (xorshift). */
	#random(): number {
		this.#noise ^= this.#noise << 13;
		this.#noise ^= this.#noise >>> 17;
		this.#noise ^= this.#noise << 5;
		return this.#noise & 0xff;
	}
}

function tornLength(torn: Torn, length: number): number {
	if (torn === "none") return 0;
	if (torn === "half") return length >> 1;
	return torn === "almost" ? length - 1 : length;
}
