import { copy, encodeUtf8, readU16, writeU16, writeU32 } from "../bytes/bytes.js";

/** Bytes of the ring: some thirty lines. */
const SIZE = 2048;
/** Characters of a line that are kept at the most. */
export const LINE_CHARACTERS = 160;
/** Bytes of a character at the most: one that takes four counts as two in a JavaScript string. */
const CHARACTER_BYTES = 3;
/** Bytes in front of a line's text: `level:u8 ms:u32`. */
export const LINE_HEAD = 5;
/** Bytes of a line as `read` writes it, at the most. */
export const LINE_SIZE = LINE_HEAD + CHARACTER_BYTES * LINE_CHARACTERS;
/** Bytes in front of a line in the ring: its length; 0 says that the next one is at the ring's start. */
const LENGTH = 2;
/** Level of what stands for lines that a reader cannot have any more. */
export const LEFT_OUT = 0;

/** How far somebody has read. */
export interface Bookmark {
	/** Number of the next line, counted from boot. */
	line: number;
	/** Where it is, or will be. */
	place: number;
}

/**
 * The last lines of the log, as bytes in one buffer that is made at boot: a new line takes the room of the oldest. Readers keep up with it or
 * miss lines; it waits for none.
 */
export class LogRing {
	readonly #bytes = new Uint8Array(SIZE);
	/** Lines that were added since boot, and the number of the oldest that is still there. */
	#count = 0;
	#first = 0;
	/** Where the oldest begins, and where the next one goes. */
	#start = 0;
	#end = 0;

	/** Puts a reader in front of the oldest line that is there. */
	rewind(reader: Bookmark): void {
		reader.line = this.#first;
		reader.place = this.#start;
	}

	/** Whether there are lines that the reader has not had. */
	has(reader: Bookmark): boolean {
		return reader.line < this.#count;
	}

	/** Adds a line. @param ms since boot. @param text of which LINE_CHARACTERS are kept */
	add(level: number, ms: number, text: string): void {
		const kept = text.length > LINE_CHARACTERS ? text.slice(0, LINE_CHARACTERS) : text;
		const size = LENGTH + LINE_HEAD + CHARACTER_BYTES * kept.length;
		const bytes = this.#bytes;
		// A line lies in one piece; behind it there is always room for the length that sends to the start.
		if (this.#end + size + LENGTH > SIZE) {
			this.#makeRoom(SIZE);
			writeU16(bytes, this.#end, 0);
			this.#end = 0;
			if (this.#first === this.#count) this.#start = 0;
		}
		this.#makeRoom(this.#end + size + LENGTH);
		const at = this.#end + LENGTH;
		bytes[at] = level;
		const end = encodeUtf8(kept, bytes, writeU32(bytes, at + 1, ms));
		writeU16(bytes, this.#end, end - at);
		this.#end = end;
		this.#count++;
	}

	/**
	 * Writes the next line of at most this level as `level:u8 ms:u32 text` to target[at..), and moves the reader past it. Where lines are gone that
	 * it has not had, of whatever level, it is a line of level LEFT_OUT that says how many.
	 * @param now ms since boot, for such a line
	 * @returns its end; `at` where there is no line
	 */
	read(reader: Bookmark, level: number, now: number, target: Uint8Array, at: number): number {
		const missed = this.#first - reader.line;
		if (missed > 0) {
			this.rewind(reader);
			target[at] = LEFT_OUT;
			const text = missed === 1 ? "a line was left out" : `${missed} lines were left out`;
			return encodeUtf8(text, target, writeU32(target, at + 1, now));
		}
		const bytes = this.#bytes;
		while (reader.line < this.#count) {
			const place = this.#lineAt(reader.place) + LENGTH;
			const end = place + readU16(bytes, place - LENGTH);
			reader.line++;
			reader.place = end;
			if (bytes[place] > level) continue;
			copy(target, at, bytes, place, end);
			return at + end - place;
		}
		return at;
	}

	/** Where the line is that follows on what ends there. */
	#lineAt(place: number): number {
		return readU16(this.#bytes, place) === 0 ? 0 : place;
	}

	/** Gives up the oldest lines that lie between the place of the next one and `end`. */
	#makeRoom(end: number): void {
		while (this.#first < this.#count && this.#start >= this.#end && this.#start < end) {
			const length = readU16(this.#bytes, this.#start);
			if (length === 0) {
				this.#start = 0;
				continue;
			}
			this.#start += LENGTH + length;
			this.#first++;
		}
		if (this.#first === this.#count) this.#start = this.#end;
	}
}
