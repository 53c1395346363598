import { PALETTE, PIXELS } from "../../../modules/pattern/decoder-state.js";
import { encodePattern, type Picture } from "../../../modules/pattern/encoder/encode.js";
import { FrameDecoder } from "../../../modules/pattern/frame-decoder.js";
import { CENTER, PrismHeader, WAVE } from "../../../modules/pattern/header.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { check } from "../../support/prism-check.js";

/** A frame whose LEDs have the color (led, frame, 7) or so, with that many different colors in it at the most. */
function frame(leds: number, colors: number, number: number): Uint8Array {
	const bytes = new Uint8Array(3 * leds);
	for (let led = 0; led < leds; led++) {
		bytes[3 * led] = (led + number) % colors;
		bytes[3 * led + 1] = 7;
	}
	return bytes;
}

/** The header of a file. */
function headerOf(file: Uint8Array): PrismHeader {
	const header = new PrismHeader();
	header.collect(file, 0, file.length, 0);
	header.check(file.length);
	return header;
}

/** All that a file shows, R, G, B. */
function shown(file: Uint8Array): Uint8Array[] {
	const { leds, frames, payloadStart } = headerOf(file);
	const decoder = new FrameDecoder();
	decoder.reset(leds, frames);
	const found: Uint8Array[] = [];
	for (let at = payloadStart; !decoder.finished; ) {
		at = decoder.feed(file, at, file.length);
		const colors = new Uint8Array(3 * leds);
		for (let led = 0; led < leds; led++) {
			const color = PALETTE + 3 * decoder.state[PIXELS + led];
			colors.set(decoder.state.subarray(color, color + 3), 3 * led);
		}
		found.push(colors);
	}
	return found;
}

describe("pattern: the encoder", () => {
	it("makes files that are taken, and show what was given", () => {
		for (const [leds, colors, count] of [
			[1, 1, 1],
			[5, 3, 4],
			[100, 64, 2],
			[160, 33, 2],
			[320, 7, 2],
		]) {
			const frames: Uint8Array[] = [];
			for (let i = 0; i < count; i++) frames.push(frame(leds, colors, i * i));
			const file = encodePattern({ leds, fps: 24, frames });
			check(file, 100, true);
			deepEqual(shown(file), frames);
		}
	});

	it("writes what the header has to say", () => {
		const strip2 = {
			motion: CENTER,
			sync: WAVE,
			delay: 1,
			progressiveStart: 2,
			progressiveEnd: 300,
			waveAmplitude: 4,
			waveFrequency: 5,
			wavePhase: 65535,
		};
		const file = encodePattern({ leds: 3, fps: 29.97, frames: [frame(3, 2, 0)], strip2, json: '{"name":"Zoë"}' });
		check(file, 50, true);
		const header = headerOf(file);
		equal(header.fps256, 7672);
		equal(header.frames, 1);
		equal(header.leds, 3);
		deepEqual(
			[header.motion, header.sync, header.delay, header.progressiveStart, header.progressiveEnd],
			[2, 3, 1, 2, 300],
		);
		deepEqual([header.waveAmplitude, header.waveFrequency, header.wavePhase], [4, 5, 65535]);
		equal(header.payloadStart, 80 + 2 + 15);
		const plain = headerOf(encodePattern({ leds: 3, fps: 1, frames: [frame(3, 2, 0)] }));
		equal(plain.payloadStart, 64 + 2);
		deepEqual([plain.motion, plain.sync, plain.delay], [0, 0, 0]);
	});

	it("writes the numbers of motions and ways to follow that nobody knows, and they are read as 0", () => {
		const frames = [frame(3, 2, 0)];
		const header = headerOf(encodePattern({ leds: 3, fps: 1, frames, strip2: { motion: 5, sync: 5, delay: 9 } }));
		deepEqual([header.motion, header.sync, header.delay], [0, 0, 9]);
	});

	it("takes the smallest way for each frame, and lets the first stand alone", () => {
		const still = frame(160, 60, 0);
		const moved = still.slice();
		moved[0] = 59;
		const plain = new Uint8Array(480);
		const file = encodePattern({ leds: 160, fps: 24, frames: [still, moved, plain, plain, still] });
		const bytes: string[] = [];
		const colors = file[66];
		let at = 66 + 2 + 3 * colors;
		for (let i = 0; i < 5; i++) {
			bytes.push(`${file[at]} ${file[at + 1]}`);
			at += 3 + file[at + 1];
		}
		// Raw; one LED and two runs; two runs; two runs, for which nobody needs the frame before; raw.
		deepEqual(bytes, ["0 160", "3 5", "2 4", "2 4", "0 160"]);
	});

	it("splits runs at 127", () => {
		for (const leds of [127, 128, 129, 254, 255, 320]) {
			const file = encodePattern({ leds, fps: 24, frames: [new Uint8Array(3 * leds)] });
			check(file, 100);
			deepEqual(shown(file), [new Uint8Array(3 * leds)]);
		}
	});

	it("takes 64 colors that come near where there are more, and leaves black black", () => {
		const gradient = new Uint8Array(3 * 200);
		for (let led = 1; led < 200; led++) {
			gradient[3 * led] = led;
			gradient[3 * led + 1] = 255 - led;
			gradient[3 * led + 2] = 3;
		}
		const file = encodePattern({ leds: 200, fps: 24, frames: [gradient] });
		equal(file[66], 64);
		const [found] = shown(file);
		deepEqual(found.slice(0, 3), new Uint8Array(3));
		// 199 steps by 63 colors: none is farther than 2 off where they are spread well.
		let most = 0;
		for (let i = 3; i < found.length; i++) most = Math.max(most, Math.abs(found[i] - gradient[i]));
		ok(most <= 3, `${most} off`);
	});

	it("says what does not fit into a file", () => {
		const good: Picture = { leds: 2, fps: 24, frames: [new Uint8Array(6)] };
		for (const [change, message] of [
			[{ leds: 0 }, "0 LEDs; a pattern has 1 to 320"],
			[{ leds: 321 }, "321 LEDs; a pattern has 1 to 320"],
			[{ fps: 0.99 }, "0.99 frames per second; 1 to 120 can be played"],
			[{ fps: 120.1 }, "120.1 frames per second; 1 to 120 can be played"],
			[{ fps: Number.NaN }, "NaN frames per second; 1 to 120 can be played"],
			[{ frames: [] }, "a pattern has at least one frame"],
			[{ frames: [new Uint8Array(6), new Uint8Array(5)] }, "frame 1 has 5 bytes, not 3 for each of 2 LEDs"],
			[{ strip2: { delay: 65536 } }, "65536 for strip 2; all its values are 0 to 65,535"],
		] as const) {
			throws(
				() => encodePattern({ ...good, ...change }),
				(error) => error instanceof RangeError && error.message === message,
			);
		}
	});
});
