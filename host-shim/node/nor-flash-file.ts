/**
 * A NOR flash partition as an image file: what an ESP32-S3 has behind `embedded:storage/flash`. The C version for XS
 * keeps to the same rules, file and settings.
 *
 * File: the partition's bytes and nothing else. Missing: made, all 0xFF. Of another size: an error, never changed.
 * Every program and erase goes to the file at once, so a process may be killed at any moment.
 *
 * NOR rules: a program only clears bits. One that would have to set a bit is a breach: `onBreach` is called with a
 * line that says where, and nothing is written.
 *
 * Timing: "none", or "w25q64", the typical figures of that chip's data sheet. A call then takes so long, blocking the
 * process as the flash blocks the chip: programming n bytes of one 256-byte page 0.03 + 0.00145 n ms, each page that a
 * call touches by itself; erasing a sector 45 ms, and 16 sectors that start at a multiple of 16 within one call 150 ms
 * together (the driver erases such a 64 KiB block at once). Reading costs nothing. "w25q64-max": its largest figures, 0.05 +
 * 0.01152 n ms (3 ms a page), 400 ms and 2,000 ms.
 *
 * Power cut: `cut: {at, torn}` counts operations from 1: a `write` call of at least one byte is one, and each single
 * sector of an `eraseBlock`, in rising order. Number `at` is left torn, then `onCut` is called with a line for the
 * console. Torn: "none" leaves the operation's bytes as they were; "half" does the first floor(length / 2) bytes of it;
 * "almost" all but the last one. For an erase, doing a byte sets it to 0xFF and the length is the sector's.
 */

import { closeSync, fstatSync, openSync, readSync, renameSync, writeFileSync, writeSync } from "node:fs";

/** Bytes in a sector. */
export const SECTOR_LENGTH = 4096;
/** Bytes in the K1's pattern partition: 1,248 sectors. */
export const PARTITION_SIZE = 0x4e0000;

const PAGE = 256;
const BLOCK_SECTORS = 16;
/** What operations take, ms. */
interface Times {
	readonly programPage: number;
	readonly programByte: number;
	readonly eraseSector: number;
	readonly eraseBlock: number;
}

const TYPICAL: Times = { programPage: 0.03, programByte: 0.00145, eraseSector: 45, eraseBlock: 150 };
const MAXIMUM: Times = { programPage: 0.05, programByte: 0.01152, eraseSector: 400, eraseBlock: 2000 };

/** A sleep may last this much longer than asked, so the rest of a wait is spent looking at the clock. */
const SPIN_MS = 1.5;

export type Timing = "none" | "w25q64" | "w25q64-max";

const TIMES: Readonly<Record<Timing, Times | undefined>> = { none: undefined, w25q64: TYPICAL, "w25q64-max": MAXIMUM };
export type Torn = "none" | "half" | "almost";

export interface NorFlashFileOptions {
	/** Path of the image. */
	file: string;
	/** Bytes in the partition, a multiple of 4,096. The K1's by default. */
	size?: number;
	timing?: Timing;
	cut?: { at: number; torn: Torn };
	/** The power has been cut. Does not return. By default throws. */
	onCut?: (line: string) => never;
	/** A NOR rule has been broken. Does not return. By default throws. */
	onBreach?: (line: string) => never;
}

function raise(line: string): never {
	throw new Error(line);
}

export class NorFlashFile {
	/** Programs and erases so far. */
	operations = 0;
	/** Erases of each sector since this object was made. */
	readonly erases: Uint32Array;
	readonly #fd: number;
	readonly #size: number;
	/** undefined: operations take no time. */
	readonly #times: Times | undefined;
	readonly #cut: { at: number; torn: Torn } | undefined;
	readonly #onCut: (line: string) => never;
	readonly #onBreach: (line: string) => never;
	readonly #blank = new Uint8Array(SECTOR_LENGTH).fill(0xff);
	readonly #sleeper = new Int32Array(new SharedArrayBuffer(4));
	#before = new Uint8Array(SECTOR_LENGTH);

	/** @throws Error when the file cannot be opened or made, or is of another size */
	constructor(options: NorFlashFileOptions) {
		const { file } = options;
		this.#size = options.size ?? PARTITION_SIZE;
		this.#times = TIMES[options.timing ?? "none"];
		this.#cut = options.cut;
		this.#onCut = options.onCut ?? raise;
		this.#onBreach = options.onBreach ?? raise;
		this.erases = new Uint32Array(this.#size / SECTOR_LENGTH);
		this.#fd = openImage(file, this.#size);
		const { size } = fstatSync(this.#fd);
		if (size !== this.#size) {
			closeSync(this.#fd);
			throw new Error(`flash image ${file} is ${size} bytes, not ${this.#size}; delete it to start empty`);
		}
	}

	status(): { size: number; blocks: number; blockLength: number } {
		return { size: this.#size, blocks: this.#size / SECTOR_LENGTH, blockLength: SECTOR_LENGTH };
	}

	/** Fills the view from byte `offset` on and returns its length. @throws RangeError outside the partition */
	read(view: Uint8Array, offset: number): number {
		this.#check(offset, view.length);
		readFully(this.#fd, view, 0, view.length, offset);
		return view.length;
	}

	/** Programs the view at byte `offset`. @throws RangeError outside the partition */
	write(view: Uint8Array, offset: number): void {
		const { length } = view;
		this.#check(offset, length);
		if (length === 0) return;
		const deadline = this.#times ? performance.now() + programTime(offset, length, this.#times) : 0;
		this.#checkProgram(view, offset);
		const torn = this.#count();
		writeFully(this.#fd, view, 0, torn ? tornLength(torn, length) : length, offset);
		if (torn) this.#powerCut(torn);
		if (deadline > 0) this.#waitUntil(deadline);
	}

	/** Erases sectors `start` to `end`, end exclusive. @throws RangeError outside the partition */
	eraseBlock(start: number, end = start + 1): void {
		this.#check(start * SECTOR_LENGTH, (end - start) * SECTOR_LENGTH);
		const deadline = this.#times ? performance.now() + eraseTime(start, end, this.#times) : 0;
		for (let sector = start; sector < end; sector++) {
			const torn = this.#count();
			const length = torn ? tornLength(torn, SECTOR_LENGTH) : SECTOR_LENGTH;
			writeFully(this.#fd, this.#blank, 0, length, sector * SECTOR_LENGTH);
			if (torn) this.#powerCut(torn);
			this.erases[sector]++;
		}
		if (deadline > 0) this.#waitUntil(deadline);
	}

	close(): void {
		closeSync(this.#fd);
	}

	#check(offset: number, length: number): void {
		if (!(offset >= 0 && length >= 0 && offset + length <= this.#size)) {
			throw new RangeError(`${length} bytes at ${offset} are outside the flash partition of ${this.#size}`);
		}
	}

	#checkProgram(view: Uint8Array, offset: number): void {
		if (this.#before.length < view.length) this.#before = new Uint8Array(view.length);
		const before = this.#before;
		readFully(this.#fd, before, 0, view.length, offset);
		for (let i = 0; i < view.length; i++) {
			if ((before[i] & view[i]) === view[i]) continue;
			const what = `0x${before[i].toString(16)} to 0x${view[i].toString(16)}`;
			this.#onBreach(`K1 flash: a program would set bits, ${what} at 0x${(offset + i).toString(16)}`);
		}
	}

	#count(): Torn | undefined {
		this.operations++;
		return this.operations === this.#cut?.at ? this.#cut.torn : undefined;
	}

	#powerCut(torn: Torn): never {
		return this.#onCut(`K1 flash: power cut at operation ${this.operations}, torn: ${torn}`);
	}

	#waitUntil(deadline: number): void {
		const sleep = deadline - performance.now() - SPIN_MS;
		if (sleep > 0) Atomics.wait(this.#sleeper, 0, 0, sleep);
		while (performance.now() < deadline);
	}
}

/** Opens the image; makes it first when it is missing, all at once, so that a kill leaves no half of one. */
function openImage(file: string, size: number): number {
	try {
		return openSync(file, "r+");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
	}
	const fresh = `${file}.${process.pid}.new`;
	writeFileSync(fresh, new Uint8Array(size).fill(0xff));
	renameSync(fresh, file);
	return openSync(file, "r+");
}

function readFully(fd: number, bytes: Uint8Array, start: number, end: number, offset: number): void {
	for (let at = start; at < end; ) {
		const got = readSync(fd, bytes, at, end - at, offset + at - start);
		if (got === 0) throw new Error("the flash image has become shorter");
		at += got;
	}
}

function writeFully(fd: number, bytes: Uint8Array, start: number, end: number, offset: number): void {
	for (let at = start; at < end; ) at += writeSync(fd, bytes, at, end - at, offset + at - start);
}

function tornLength(torn: Torn, length: number): number {
	if (torn === "none") return 0;
	return torn === "half" ? length >> 1 : length - 1;
}

/** Milliseconds to program `length` bytes from `offset` on, page by page. */
export function programTime(offset: number, length: number, times = TYPICAL): number {
	const pages = Math.floor((offset + length - 1) / PAGE) - Math.floor(offset / PAGE) + 1;
	return pages * times.programPage + length * times.programByte;
}

/** Milliseconds to erase sectors `start` to `end`, end exclusive. */
export function eraseTime(start: number, end: number, times = TYPICAL): number {
	const firstBlock = Math.ceil(start / BLOCK_SECTORS);
	const blocks = Math.max(0, Math.floor(end / BLOCK_SECTORS) - firstBlock);
	return blocks * times.eraseBlock + (end - start - blocks * BLOCK_SECTORS) * times.eraseSector;
}
