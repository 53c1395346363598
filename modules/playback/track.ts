import { copy } from "../bytes/bytes.js";
import { inFrame, PRISM_ENDS, PRISM_REQUIRED, RefusedError } from "../core/errors.js";
import { BLOCK_SIZE } from "../core/memory-pool.js";
import { DARK, PALETTE, PIXELS } from "../pattern/decoder-state.js";
import { FrameDecoder } from "../pattern/frame-decoder.js";
import { PrismHeader } from "../pattern/header.js";
import { writeDelays } from "./delays.js";
import { paint, paintDelayed } from "./render.js";
import { ALL_BYTES, STRIP_BYTES, STRIP_LEDS } from "./strips.js";

/** Bytes of the ring of index frames. */
const RING_BYTES = 8192;
/** Frames that it holds: the newest, and those that strip 2 may be behind. */
const SLOTS = Math.floor(RING_BYTES / STRIP_LEDS);
/** The longest delay of a LED of strip 2, in frames. */
export const MOST_DELAY = SLOTS - 1;
/** A frame is due every 256,000 / fps256 ms. */
const UNIT = 256_000;
/** So many ms late, it is worth looking for loops that need not be decoded. */
const LONG = 1000;

/** Where a pattern's bytes come from; the store's `Reader` is one. */
export interface PatternSource {
	/** Bytes of the file. */
	readonly size: number;
	/** After `block`: the bytes from its offset on are view[start..end), at least one. */
	readonly view: Uint8Array;
	readonly start: number;
	readonly end: number;
	/** Fetches the bytes from `offset`, below `size`, on. They are good until something else is read. */
	block(offset: number): void;
	/** The source is not needed any more. */
	close(): void;
}

/**
 * One pattern as it is played: its schedule, and its frames as they come due. Frame k is due k x 256,000 / fps256 ms after the
 * start, however late others were, and the pattern goes on for ever.
 */
export class Track {
	/** Number of the newest frame in the loop; -1 before there is one. */
	frame = -1;
	/** When the next frame is due, ms. */
	due = 0;
	#header = new PrismHeader();
	#spare = new PrismHeader();
	readonly #decoder = new FrameDecoder();
	readonly #ring = new Uint8Array(RING_BYTES);
	readonly #delays = new Uint8Array(STRIP_LEDS);
	#source: PatternSource | undefined;
	/**
	 * The file's bytes around the next one to be decoded: a copy, so that the source is asked once a sector and not once a
	 * frame, and others may read meanwhile.
	 */
	readonly #block = new Uint8Array(BLOCK_SIZE);
	/** The next byte to be decoded is #block[#from], as far as #to, and byte #at of the file. */
	#from = 0;
	#to = 0;
	#at = 0;
	/** Strip 2 has LEDs that are behind. */
	#behind = false;
	/** Slot of the newest frame. */
	#newest = 0;
	/**
	 * The next frame is due at #time + #rest / fps256 ms: whole numbers, of which none is ever rounded, so that nothing drifts.
	 */
	#time = 0;
	#rest = 0;
	/** What a frame adds to them. */
	#wholeTime = 0;
	#restTime = 0;

	/** There is a pattern. */
	get open(): boolean {
		return this.#source !== undefined;
	}

	/** Frames in the loop; 0 without a pattern. */
	get frames(): number {
		return this.#source === undefined ? 0 : this.#header.frames;
	}

	/** Frames a second times 256; 0 without a pattern. */
	get fps256(): number {
		return this.#source === undefined ? 0 : this.#header.fps256;
	}

	/**
	 * Takes another pattern, whose frame 0 is due at `start`, and lets go of the one before.
	 * @throws RefusedError for what is not a .prism file that can be played, or cannot be read: then nothing has changed
	 */
	load(source: PatternSource, start: number): void {
		const header = this.#spare;
		header.reset();
		for (let at = 0; at < source.size && !header.complete; at += source.end - source.start) {
			source.block(at);
			header.collect(source.view, source.start, source.end, at);
		}
		if (!header.isPrism) throw new RefusedError(PRISM_REQUIRED);
		header.check(source.size);
		this.close();
		this.#spare = this.#header;
		this.#header = header;
		this.#source = source;
		this.#at = header.payloadStart;
		this.#from = 0;
		this.#to = 0;
		this.#decoder.reset(header.leds, header.frames);
		this.#behind = header.leds <= STRIP_LEDS && writeDelays(this.#delays, header.leds, header, MOST_DELAY);
		// What was before the first frame is dark.
		if (this.#behind) this.#ring.fill(DARK);
		this.#time = start;
		this.#rest = 0;
		this.#restTime = UNIT % header.fps256;
		this.#wholeTime = (UNIT - this.#restTime) / header.fps256;
		this.due = start;
		this.frame = -1;
	}

	/** Lets go of the pattern, if there is one. */
	close(): void {
		this.#source?.close();
		this.#source = undefined;
	}

	/** The next frame is frame 0, again. */
	get atSeam(): boolean {
		return this.frame + 1 === this.#header.frames;
	}

	/** Puts everything off by so many ms. */
	shift(time: number): void {
		this.#time += time;
		this.due += time;
	}

	/**
	 * Decodes all frames that are due at `now`, the late ones too: they are in the past of strip 2 all the same.
	 * @param toSeam go no further than to the last frame of the loop
	 * @returns how many there were
	 * @throws RefusedError for bytes that are no frame, or that cannot be read
	 */
	advance(now: number, toSeam: boolean): number {
		if (now < this.due) return 0;
		let frames = now - this.due > LONG && !toSeam ? this.#skipLoops(now) : 0;
		while (now >= this.due && !(toSeam && this.atSeam)) {
			this.#next();
			frames++;
		}
		return frames;
	}

	/**
	 * After a long halt: whole loops lead to where they began, and need not be decoded as long as the ring is filled anew
	 * behind them. Returns how many frames are skipped.
	 */
	#skipLoops(now: number): number {
		const { frames, fps256 } = this.#header;
		const behind = Math.floor(((now - this.#time) * fps256 - this.#rest) / UNIT) - SLOTS;
		if (behind < frames) return 0;
		const skipped = behind - (behind % frames);
		const rest = this.#rest + skipped * this.#restTime;
		this.#rest = rest % fps256;
		this.#time += skipped * this.#wholeTime + (rest - this.#rest) / fps256;
		return skipped;
	}

	/** Decodes the next frame. */
	#next(): void {
		const decoder = this.#decoder;
		const { frames, fps256, leds, payloadStart } = this.#header;
		let frame = this.frame + 1;
		if (frame === frames) {
			frame = 0;
			decoder.rewind();
			this.#seek(payloadStart + decoder.framesStart);
		}
		let complete = frame;
		do {
			if (this.#from === this.#to) this.#fetch(frame);
			const from = this.#from;
			this.#from = decoder.feed(this.#block, from, this.#to);
			this.#at += this.#from - from;
			complete = decoder.frames;
		} while (complete === frame && !decoder.failed);
		if (complete === frame) throw new RefusedError(decoder.verdict(this.#source!.size)!);
		this.frame = frame;
		this.#time += this.#wholeTime;
		this.#rest += this.#restTime;
		if (this.#rest >= fps256) {
			this.#rest -= fps256;
			this.#time++;
		}
		this.due = this.#rest > 0 ? this.#time + 1 : this.#time;
		if (!this.#behind) return;
		const newest = this.#newest + 1 === SLOTS ? 0 : this.#newest + 1;
		this.#newest = newest;
		copy(this.#ring, newest * STRIP_LEDS, decoder.state, PIXELS, PIXELS + leds);
	}

	/** Goes to a byte of the file, which may lie in the block. */
	#seek(at: number): void {
		const from = this.#from + at - this.#at;
		this.#from = from >= 0 && from < this.#to ? from : this.#to;
		this.#at = at;
	}

	/** Fetches bytes for `frame`. */
	#fetch(frame: number): void {
		const source = this.#source!;
		// The last four bytes are the payload's CRC-32.
		const left = source.size - 4 - this.#at;
		if (left <= 0) throw new RefusedError(inFrame(PRISM_ENDS, frame));
		source.block(this.#at);
		const { start } = source;
		const bytes = Math.min(source.end - start, left, BLOCK_SIZE);
		copy(this.#block, 0, source.view, start, start + bytes);
		this.#from = 0;
		this.#to = bytes;
	}

	/**
	 * Writes what both strips show now, R, G, B. Only once there was a frame.
	 * @param colors 960 bytes
	 */
	paint(colors: Uint8Array): void {
		const { leds } = this.#header;
		const { state } = this.#decoder;
		if (leds > STRIP_LEDS) {
			paint(colors, 0, STRIP_BYTES, state, PIXELS, PIXELS + STRIP_LEDS, state, PALETTE);
			paint(colors, STRIP_BYTES, ALL_BYTES, state, PIXELS + STRIP_LEDS, PIXELS + leds, state, PALETTE);
			return;
		}
		paint(colors, 0, STRIP_BYTES, state, PIXELS, PIXELS + leds, state, PALETTE);
		if (!this.#behind) copy(colors, STRIP_BYTES, colors, 0, STRIP_BYTES);
		else {
			const ring = this.#ring;
			const newest = this.#newest;
			const delays = this.#delays;
			paintDelayed(colors, STRIP_BYTES, ALL_BYTES, ring, STRIP_LEDS, newest, delays, leds, state, PALETTE);
		}
	}
}
