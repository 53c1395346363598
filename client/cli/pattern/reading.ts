/** A .prism file in memory, read by the firmware's own parts. */
import { copy } from "../../../modules/bytes/bytes.js";
import { RefusedError } from "../../../modules/core/errors.js";
import { PALETTE, PIXELS } from "../../../modules/pattern/decoder-state.js";
import { FrameDecoder } from "../../../modules/pattern/frame-decoder.js";
import { HEADER_1_0, HEADER_1_1, PrismHeader, VERSION_1_1 } from "../../../modules/pattern/header.js";
import { ALL_BYTES } from "../../../modules/playback/strips.js";
import { type PatternSource, Track } from "../../../modules/playback/track.js";
import { Failure } from "../failure.js";

/** Sync modes and motions by number, as the command line has them. */
export const SYNCS = ["sync", "offset", "progressive", "wave", "custom"] as const;
export const MOTIONS = ["left", "right", "center", "edge", "static"] as const;

/** Bytes of a file's header: the version says it. */
export function headerLength(bytes: Uint8Array): number {
	return bytes[4] === (VERSION_1_1 & 0xff) ? HEADER_1_1 : HEADER_1_0;
}

/** The header of a file. Its figures are only good when `check` says so. */
export function headerOf(bytes: Uint8Array): PrismHeader {
	const header = new PrismHeader();
	header.collect(bytes, 0, bytes.length, 0);
	return header;
}

/**
 * A file's frames, R, G, B for each of its LEDs.
 * @throws Failure for one that is not valid
 */
export function framesOf(file: string, bytes: Uint8Array): { header: PrismHeader; frames: Uint8Array[] } {
	const header = checkedHeader(file, bytes);
	const decoder = new FrameDecoder();
	decoder.reset(header.leds, header.frames);
	const frames: Uint8Array[] = [];
	const end = bytes.length - 4;
	for (let at = header.payloadStart; at < end && !decoder.finished && !decoder.failed; ) {
		at = decoder.feed(bytes, at, end);
		if (decoder.frames > frames.length) frames.push(colorsIn(decoder.state, header.leds));
	}
	const refusal = decoder.verdict(end - header.payloadStart);
	if (refusal !== undefined) throw faulty(file, refusal.reason);
	return { header, frames };
}

/** The colors of the frame that a decoder has in its state. */
function colorsIn(state: Uint8Array, leds: number): Uint8Array {
	const colors = new Uint8Array(3 * leds);
	for (let led = 0; led < leds; led++) {
		const color = PALETTE + 3 * state[PIXELS + led];
		copy(colors, 3 * led, state, color, color + 3);
	}
	return colors;
}

function checkedHeader(file: string, bytes: Uint8Array): PrismHeader {
	const header = headerOf(bytes);
	if (!header.isPrism) throw faulty(file, "it is no .prism file");
	try {
		header.check(bytes.length);
	} catch (error) {
		if (error instanceof RefusedError) throw faulty(file, error.refusal.reason);
		throw error;
	}
	return header;
}

function faulty(file: string, reason: string): Failure {
	return new Failure(`${file}: ${reason}\nk1 check shows all that is wrong with a file.`);
}

/** What both strips show, one frame of the pattern after the other, for ever: the way in which the device plays it. */
export class Strips {
	/** R, G, B for 320 LEDs, strip 1 first. */
	readonly colors = new Uint8Array(ALL_BYTES);
	readonly header: PrismHeader;
	readonly #track = new Track();

	/** @throws Failure for a file that is not valid */
	constructor(
		private readonly file: string,
		bytes: Uint8Array,
	) {
		this.header = checkedHeader(file, bytes);
		this.#track.load(sourceOf(bytes), 0);
	}

	/** Goes to the next frame. */
	next(): void {
		const track = this.#track;
		try {
			track.advance(track.due, false);
		} catch (error) {
			if (error instanceof RefusedError) throw faulty(this.file, error.refusal.reason);
			throw error;
		}
		track.paint(this.colors);
	}

	/** When the next frame is due, ms from the start. */
	get due(): number {
		return this.#track.due;
	}

	/** Number of the frame in its loop. */
	get frame(): number {
		return this.#track.frame;
	}
}

function sourceOf(bytes: Uint8Array): PatternSource {
	return {
		size: bytes.length,
		view: bytes,
		start: 0,
		end: bytes.length,
		block(this: { start: number }, offset: number) {
			this.start = offset;
		},
		close() {},
	} as PatternSource;
}
