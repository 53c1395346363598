import {
	inFrame,
	PRISM_ENDS,
	PRISM_FLAGS,
	PRISM_INDEX,
	PRISM_LENGTH,
	PRISM_PALETTE,
	PRISM_RUN,
	PRISM_SURPLUS,
	PRISM_XOR_FIRST,
	type Refusal,
} from "../../../modules/core/errors.js";
import { decode } from "../../../modules/pattern/decode.js";
import { LEDS, PALETTE, PIXELS, STATE_SIZE } from "../../../modules/pattern/decoder-state.js";
import { FrameDecoder } from "../../../modules/pattern/frame-decoder.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";
import { prismFile } from "../../support/prism.js";
import { check, refuses } from "../../support/prism-check.js";

/** Five LEDs, three colors, and frames: raw, in runs, XOR in runs, XOR raw. */
const PALETTE_BYTES = "0300 ff0000 00ff00 0000ff";
const FRAMES = ["00 0500 0001020001"];
const PAYLOAD = hex(`0300ff000000ff000000ff ${FRAMES[0]} 02 0400 8302 00 01 03 0500 8203 00 8201 01 0500 0001000101`);
const SHOWN = ["0001020001", "0202020001", "0101020100", "0100020001"];

function pixels(decoder: FrameDecoder, leds: number): Uint8Array {
	return decoder.state.slice(PIXELS, PIXELS + leds);
}

/** A file of five LEDs with this palette and these frames. */
function file(frames: readonly string[], palette = PALETTE_BYTES, leds = 5, count = frames.length): Uint8Array {
	return prismFile({ leds, frames: count, payload: hex(palette + frames.join("")) });
}

function refused(frames: readonly string[], refusal: Refusal, frame: number): void {
	refuses(file(frames), inFrame(refusal, frame));
}

describe("pattern: frames", () => {
	it("are decoded from pieces of any size, each complete one by itself", () => {
		for (let piece = 1; piece <= PAYLOAD.length; piece++) {
			const decoder = new FrameDecoder();
			decoder.reset(5, 4);
			let shown = 0;
			for (let at = 0; at < PAYLOAD.length; ) {
				const end = Math.min(PAYLOAD.length, at - (at % piece) + piece);
				at = decoder.feed(PAYLOAD, at, end);
				if (decoder.frames > shown) deepEqual(pixels(decoder, 5), hex(SHOWN[shown++]));
			}
			equal(shown, 4);
			ok(decoder.finished && !decoder.failed);
			equal(decoder.verdict(PAYLOAD.length), undefined);
			deepEqual(decoder.state.slice(PALETTE, PALETTE + 9), PAYLOAD.slice(2, 11));
		}
	});

	it("are decoded to the last one at once for a check", () => {
		const decoder = new FrameDecoder();
		decoder.reset(5, 4);
		const longer = new Uint8Array(PAYLOAD.length + 3);
		longer.set(PAYLOAD);
		equal(decoder.feedAll(longer, 0, longer.length), PAYLOAD.length);
		ok(decoder.finished);
		deepEqual(pixels(decoder, 5), hex(SHOWN[3]));
	});

	it("start over with the first one", () => {
		const decoder = new FrameDecoder();
		decoder.reset(5, 4);
		equal(decoder.feedAll(PAYLOAD, 0, PAYLOAD.length), PAYLOAD.length);
		decoder.rewind();
		equal(decoder.framesStart, 11);
		let at = decoder.framesStart;
		for (const shown of SHOWN) {
			at = decoder.feed(PAYLOAD, at, PAYLOAD.length);
			deepEqual(pixels(decoder, 5), hex(shown));
		}
		ok(decoder.finished);
		equal(decoder.verdict(PAYLOAD.length), undefined);
	});

	it("may have 1 to 320 LEDs and 1 to 64 colors", () => {
		check(file(["00 0100 00"], "0100 010203", 1), 9);
		check(file([`00 4001 ${"3f".repeat(320)}`], `4000 ${"010203".repeat(64)}`, 320), 9);
		check(file(["02 0600 ff3f ff00 c23f"], `4000 ${"010203".repeat(64)}`, 320), 9);
	});

	it("are refused without a palette of 1 to 64 colors", () => {
		for (const size of ["0000", "4100", "ff00", "0001", "0101"]) {
			refuses(file(["00 0500 0000000000"], `${size} ${"010203".repeat(65)}`), PRISM_PALETTE);
		}
	});

	it("are refused with flags that nobody knows", () => {
		for (const flags of ["04", "06", "80", "ff"]) {
			refused([`${flags} 0500 0000000000`], PRISM_FLAGS, 0);
			refused([FRAMES[0], `${flags} 0500 0000000000`], PRISM_FLAGS, 1);
		}
	});

	it("are refused with XOR in the first one", () => {
		refused(["01 0500 0000000000"], PRISM_XOR_FIRST, 0);
		refused(["03 0200 8500"], PRISM_XOR_FIRST, 0);
		check(file([FRAMES[0], "03 0200 8500"]), 9);
	});

	it("are refused with an index outside the palette: raw, in a run, by XOR", () => {
		refused(["00 0500 0000000003"], PRISM_INDEX, 0);
		refused(["00 0500 80000000ff"], PRISM_INDEX, 0);
		refused([FRAMES[0], "02 0200 8503"], PRISM_INDEX, 1);
		refused([FRAMES[0], "02 0200 85ff"], PRISM_INDEX, 1);
		// 1 XOR 2 is 3.
		refused([FRAMES[0], "01 0500 0002000000"], PRISM_INDEX, 1);
		refused([FRAMES[0], "03 0200 8502"], PRISM_INDEX, 1);
		refused([FRAMES[0], "03 0200 85fd"], PRISM_INDEX, 1);
	});

	it("are refused with an index outside the palette wherever it is among the words of a long run", () => {
		for (let led = 0; led < 40; led++) {
			const first = new Uint8Array(40);
			first[led] = 1;
			let digits = "";
			for (const byte of first) digits += `0${byte}`;
			const frames = [`00 2800 ${digits}`, "03 0200 a802"];
			refuses(file(frames, PALETTE_BYTES, 40), inFrame(PRISM_INDEX, 1));
			check(file([frames[0], "03 0200 a801"], PALETTE_BYTES, 40), 9);
		}
	});

	it("are refused with a run that goes on past the last LED, or one of none", () => {
		refused(["02 0200 8600"], PRISM_RUN, 0);
		refused([FRAMES[0], "02 0400 83008301"], PRISM_RUN, 1);
		refused([FRAMES[0], "03 0400 83008300"], PRISM_RUN, 1);
		refused(["02 0400 85008000"], PRISM_RUN, 0);
	});

	it("are refused with too few or too many LEDs", () => {
		refused(["00 0400 00000000"], PRISM_LENGTH, 0);
		refused(["00 0600 000000000000"], PRISM_LENGTH, 0);
		refused(["02 0000"], PRISM_LENGTH, 0);
		refused([FRAMES[0], "02 0200 8400"], PRISM_LENGTH, 1);
		refused([FRAMES[0], "02 0300 850000"], PRISM_LENGTH, 1);
		// A run whose value is not there.
		refused([FRAMES[0], "02 0300 840181"], PRISM_LENGTH, 1);
	});

	it("are refused where there are fewer than the header says, with the number of the one that is not whole", () => {
		const frames = [FRAMES[0], "02 0200 8501", "03 0200 8501", FRAMES[0]];
		const payload = hex(PALETTE_BYTES + frames.join(""));
		const ends = [19, 24, 29, payload.length];
		for (let size = 0; size < payload.length; size++) {
			const bytes = prismFile({ leds: 5, frames: 4, payload: payload.slice(0, size) });
			let frame = 0;
			while (size >= ends[frame]) frame++;
			refuses(bytes, inFrame(PRISM_ENDS, frame));
		}
	});

	it("are refused one short, where the payload's CRC would pass for one", () => {
		// One LED: flags, length and an index are as long as a CRC-32.
		const frame = "00 0100 00";
		const bytes = file([frame], "0100 000000", 1, 2);
		refuses(bytes, inFrame(PRISM_ENDS, 1));
	});

	it("are refused with bytes behind the last one", () => {
		refuses(file([FRAMES[0], "02 0200 8501", "00"], PALETTE_BYTES, 5, 2), inFrame(PRISM_SURPLUS, 1));
		refuses(file([FRAMES[0], "02 0200 8501"], PALETTE_BYTES, 5, 1), inFrame(PRISM_SURPLUS, 0));
	});

	it("have a number of up to ten digits in the reason, which fits into an ERROR", () => {
		for (const refusal of [
			PRISM_ENDS,
			PRISM_FLAGS,
			PRISM_INDEX,
			PRISM_LENGTH,
			PRISM_RUN,
			PRISM_SURPLUS,
			PRISM_XOR_FIRST,
		]) {
			const { code, reason } = inFrame(refusal, 0xffffffff);
			equal(code, refusal.code);
			ok(reason.endsWith(" frame 4294967295") && reason.length <= 96, reason);
		}
	});

	it("are decoded inside their state alone, whatever it holds", () => {
		const bytes = new Uint8Array(64).fill(0x81);
		for (const [word, value] of [
			[LEDS, 321],
			[4, 65],
			[7, 321],
			[7, 0xffffffff],
		]) {
			const state = new Uint8Array(STATE_SIZE);
			const words = new Uint32Array(state.buffer);
			words[0] = 6;
			words[LEDS] = 320;
			words[6] = 60;
			words[word] = value;
			throws(
				() => decode(state, bytes, 0, 64, 1),
				(error) => error instanceof RangeError,
			);
		}
		for (const run of [
			() => decode(new Uint8Array(STATE_SIZE - 1), bytes, 0, 64, 1),
			() => decode(new Uint8Array(STATE_SIZE), bytes, 0, 65, 1),
			() => decode(new Uint8Array(STATE_SIZE), bytes, 3, 2, 1),
		]) {
			throws(run, (error) => error instanceof RangeError);
		}
	});
});
