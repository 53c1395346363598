/**
 * A NOR flash in memory, for specs on every engine. Erased sectors cost no memory. It keeps to the chip's rules and
 * remembers the first breach of them: programming only clears bits, and (stricter than the chip) never touches a byte
 * that was programmed before, so that no bit is programmed twice.
 *
 * `cutAt` cuts the power at one operation: a `write` call is one, and so is each single sector of an `eraseBlock`. That
 * operation is left torn, it and everything after it throws, until `powerOn`. A bit that was being programmed just then
 * may also read as programmed for a while and no longer later: a "weak" cut, and `fade`.
 */

/** How much of the operation at which the power fails has been done. */
export type Torn = "none" | "half" | "almost" | "noise" | "weak";

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
	/** Sectors that refuse every program and erase. */
	readonly refusing = new Set<number>();
	/** Erases of each sector so far. */
	readonly erases: Uint32Array;
	readonly #sectorLength: number;
	readonly #content: (Uint8Array | undefined)[] = [];
	#cut = 0;
	#torn: Torn = "none";
	#noise = 1;
	/** What a weak program was to change, and the bytes that were there before it. */
	#weak: { sector: number; start: number; before: Uint8Array }[] = [];

	constructor(options: NorFlashOptions) {
		this.#sectorLength = options.sectorLength;
		this.erases = new Uint32Array(options.sectors);
		for (let i = 0; i < options.sectors; i++) this.#content.push(undefined);
	}

	/** Cuts the power at the `count`th operation from now on, 1 being the next. */
	cutAt(count: number, torn: Torn): void {
		this.#cut = this.operations + count;
		this.#torn = torn;
		this.#noise = count * 2654435761;
	}

	/** The power is back, and no cut is planned any more. */
	powerOn(): void {
		this.off = false;
		this.#cut = 0;
	}

	/** What was programmed weakly at the cut reads as it did before, where it has not been erased since. */
	fade(): void {
		for (const { sector, start, before } of this.#weak) this.#writable(sector).set(before, start);
		this.#weak = [];
	}

	/** A flash with the same content and counters. */
	clone(): NorFlash {
		const twin = new NorFlash({ sectors: this.#content.length, sectorLength: this.#sectorLength });
		twin.erases.set(this.erases);
		for (let i = 0; i < this.#content.length; i++) twin.#content[i] = this.#content[i]?.slice();
		twin.#weak = this.#weak.slice();
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
			if (content) view.set(content.subarray(start, start + length), at);
			else view.fill(0xff, at, at + length);
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
			const content = this.#writable(sector);
			if (torn === "weak") this.#weak.push({ sector, start, before: content.slice(start, end) });
			this.#program(content, start, end, view, at, torn === "noise");
			at += end - start;
		}
		if (torn) this.#powerOff();
	}

	eraseBlock(start: number, end: number): void {
		this.#check(start * this.#sectorLength, (end - start) * this.#sectorLength);
		this.#refuse(start * this.#sectorLength, (end - start) * this.#sectorLength);
		for (let sector = start; sector < end; sector++) {
			const torn = this.#count();
			if (torn === undefined || torn === "weak") {
				this.#content[sector] = undefined;
				this.erases[sector]++;
				this.#weak = this.#weak.filter((bytes) => bytes.sector !== sector);
				if (torn) this.#powerOff();
				continue;
			}
			const content = this.#writable(sector);
			if (torn === "noise") for (let i = 0; i < content.length; i++) content[i] |= this.#random();
			else content.fill(0xff, 0, tornLength(torn, content.length));
			this.#powerOff();
		}
	}

	close(): void {}

	/** Changes one byte as wear or radiation might: no rule holds. */
	corrupt(offset: number, value: number): void {
		const sector = Math.floor(offset / this.#sectorLength);
		this.#writable(sector)[offset - sector * this.#sectorLength] = value;
	}

	#program(content: Uint8Array, start: number, end: number, view: Uint8Array, at: number, noise: boolean): void {
		for (let i = start; i < end; i++) {
			const wanted = view[at + i - start];
			if (wanted === 0xff) continue;
			if (content[i] !== 0xff && this.violation === "") {
				this.violation = `operation ${this.operations} programs a byte again, at ${i} in its sector`;
			}
			content[i] &= noise ? wanted | this.#random() : wanted;
		}
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
		for (let at = offset; at < offset + length; at += this.#sectorLength) {
			if (this.refusing.has(Math.floor(at / this.#sectorLength))) throw new Error("the sector fails");
		}
		if (length > 0 && this.refusing.has(Math.floor((offset + length - 1) / this.#sectorLength))) {
			throw new Error("the sector fails");
		}
	}

	#count(): Torn | undefined {
		this.operations++;
		return this.operations === this.#cut ? this.#torn : undefined;
	}

	#powerOff(): never {
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
