/**
 * Everything that is wrong with a .prism file. The device stops at the first fault; who made the file wants to know them all.
 * So what the device's own check finds is set right in a copy, and that is checked again.
 */
import { crc32 } from "../../../modules/bytes/bytes.js";
import {
	inFrame,
	PATTERN_TOO_LARGE,
	PRISM_COLOR_FORMAT,
	PRISM_ENDS,
	PRISM_FPS,
	PRISM_FRAMES,
	PRISM_HEADER_CRC,
	PRISM_LEDS,
	PRISM_PALETTE,
	PRISM_PAYLOAD_CRC,
	PRISM_REQUIRED,
	PRISM_SURPLUS,
	type Refusal,
	RefusedError,
} from "../../../modules/core/errors.js";
import { MOST_COLORS, MOST_LEDS, PIXELS } from "../../../modules/pattern/decoder-state.js";
import { FrameDecoder } from "../../../modules/pattern/frame-decoder.js";
import { headerCrc, LEAST_FPS, PALETTE_FORMAT } from "../../../modules/pattern/header.js";
import { MAX_PATTERN_SIZE } from "../../../modules/storage/geometry.js";
import { headerLength, headerOf } from "./reading.js";

/** What stands before a frame's segment. */
const FRAME_HEAD = 3;

/** The reasons for which a device would refuse a file, in the order of its bytes; none for one that is valid. */
export function faultsOf(bytes: Uint8Array): string[] {
	const faults: Refusal[] = bytes.length > MAX_PATTERN_SIZE ? [PATTERN_TOO_LARGE] : [];
	if (!headerOf(bytes).isPrism) faults.push(PRISM_REQUIRED);
	else faults.push(...faultsOfHeader(bytes), ...faultsOfPayload(bytes));
	return faults.map(({ reason }) => reason);
}

function faultsOfHeader(bytes: Uint8Array): Refusal[] {
	const copy = bytes.slice();
	const view = new DataView(copy.buffer);
	const faults: Refusal[] = [];
	const setRight = new Map<Refusal, () => void>([
		[PRISM_HEADER_CRC, () => {}],
		[PRISM_LEDS, () => view.setUint16(6, 1, true)],
		[PRISM_FPS, () => view.setUint32(12, LEAST_FPS, true)],
		[PRISM_FRAMES, () => view.setUint32(8, 1, true)],
		[PRISM_COLOR_FORMAT, () => view.setUint8(16, PALETTE_FORMAT)],
	]);
	for (;;) {
		const fault = refusalOf(() => headerOf(copy).check(copy.length));
		if (fault === undefined) return faults;
		faults.push(fault);
		const repair = setRight.get(fault);
		// The version is not known, or the file has no more bytes: there is nothing behind this that could be read.
		if (repair === undefined) return faults;
		repair();
		view.setUint32(20, headerCrc(copy, headerLength(copy)), true);
	}
}

function refusalOf(run: () => void): Refusal | undefined {
	try {
		run();
	} catch (error) {
		if (error instanceof RefusedError) return error.refusal;
		throw error;
	}
	return undefined;
}

function faultsOfPayload(bytes: Uint8Array): Refusal[] {
	const { payloadStart, leds, frames } = headerOf(bytes);
	const end = bytes.length - 4;
	if (payloadStart === 0 || end < payloadStart) return [];
	const faults: Refusal[] = [];
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	if (view.getUint32(end, true) !== crc32(0, bytes, payloadStart, end)) faults.push(PRISM_PAYLOAD_CRC);
	// Without a number of LEDs no frame can be right or wrong.
	if (leds >= 1 && leds <= MOST_LEDS) faults.push(...faultsOfFrames(bytes.subarray(payloadStart, end), leds, frames));
	return faults;
}

/** @param payload without its CRC-32 */
function faultsOfFrames(payload: Uint8Array, leds: number, frames: number): Refusal[] {
	const colors = payload.length >= 2 ? payload[0] + 256 * payload[1] : 0;
	if (payload.length >= 2 && (colors < 1 || colors > MOST_COLORS)) return [PRISM_PALETTE];
	const faults: Refusal[] = [];
	const head = payload.subarray(0, 2 + 3 * colors);
	const frameCheck = new FrameCheck(head, leds);
	let at = head.length;
	for (let frame = 0; frame < frames; frame++) {
		const size = at + FRAME_HEAD <= payload.length ? payload[at + 1] + 256 * payload[at + 2] : 0;
		const end = at + FRAME_HEAD + size;
		const fault = frameCheck.faultOf(payload.subarray(at, end));
		if (end > payload.length) {
			// What there is of it may be wrong as well.
			if (fault !== undefined && fault.reason !== PRISM_ENDS.reason) faults.push(inFrame(fault, frame));
			return [...faults, inFrame(PRISM_ENDS, frame)];
		}
		if (fault !== undefined) faults.push(inFrame(fault, frame));
		at = end;
	}
	return at < payload.length ? [...faults, inFrame(PRISM_SURPLUS, frames - 1)] : faults;
}

/** Says what is wrong with one frame after the other, each for itself: behind one that is good, and with nothing behind it. */
class FrameCheck {
	readonly #decoder = new FrameDecoder();
	/** The decoder's state before the frame that comes. */
	#state: Uint8Array;
	/** Bytes that it has taken then. */
	#taken: number;
	/** The state with one frame behind it, the last good one. */
	readonly #second: Uint8Array;

	/** @param head the palette, and what stands before it */
	constructor(
		head: Uint8Array,
		private readonly leds: number,
	) {
		const decoder = this.#decoder;
		decoder.reset(leds, 1);
		decoder.feedAll(head, 0, head.length);
		this.#state = decoder.state.slice();
		this.#taken = head.length;
		// The state after a frame of which nothing is known but that it was good.
		decoder.reset(leds, 2);
		decoder.feedAll(head, 0, head.length);
		decoder.feedAll(Uint8Array.of(0, leds, leds >> 8), 0, FRAME_HEAD);
		decoder.feedAll(new Uint8Array(leds), 0, leds);
		this.#second = decoder.state.slice();
	}

	/** @returns a refusal without the number of the frame, or nothing */
	faultOf(frame: Uint8Array): Refusal | undefined {
		const { leds } = this;
		const decoder = this.#decoder;
		decoder.state.set(this.#state);
		decoder.feedAll(frame, 0, frame.length);
		const verdict = decoder.verdict(this.#taken + frame.length);
		if (this.#state !== this.#second) {
			this.#state = this.#second;
			this.#taken += FRAME_HEAD + leds;
		}
		// What comes after a frame that is wrong goes on from the last good one.
		if (verdict === undefined) this.#state.set(decoder.state.subarray(PIXELS, PIXELS + leds), PIXELS);
		return verdict && { ...verdict, reason: verdict.reason.replace(/ \d+$/, "") };
	}
}
