import fc from "fast-check";
import { inFrame, PRISM_ENDS, RefusedError } from "../../modules/core/errors.js";
import { PALETTE, PIXELS } from "../../modules/pattern/decoder-state.js";
import { encodePattern } from "../../modules/pattern/encoder/encode.js";
import { choosePalette } from "../../modules/pattern/encoder/palette.js";
import { FrameDecoder } from "../../modules/pattern/frame-decoder.js";
import { PrismHeader } from "../../modules/pattern/header.js";
import { PLAYING } from "../../modules/playback/player.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { MemorySource, player } from "../support/playback.js";
import { sealHeader, sealPayload } from "../support/prism.js";
import { reasonFor } from "../support/prism-check.js";
import { Random } from "../support/random.js";
import { decodePayload } from "../support/reference-prism.js";

const MUTATIONS = process.env.K1_LONG ? 100_000 : 3000;

/** A picture whose frames change little, and its file. */
const pictures = fc
	.record({
		leds: fc.constantFrom(1, 2, 5, 100, 160, 161, 320),
		colors: fc.integer({ min: 1, max: 64 }),
		count: fc.integer({ min: 1, max: 12 }),
		seed: fc.nat(),
		json: fc.string({ maxLength: 20 }),
		strip2: fc.option(fc.record({ motion: fc.nat({ max: 255 }), delay: fc.nat({ max: 65535 }) }), { nil: undefined }),
	})
	.map(({ leds, colors, count, seed, json, strip2 }) => {
		const frames = framesOf(leds, colors, count, new Random(seed));
		return { leds, frames, file: encodePattern({ leds, fps: 24, frames, json, strip2 }) };
	});

/** Frames of a few stripes each, of which the next has some others. */
function framesOf(leds: number, colors: number, count: number, random: Random): Uint8Array[] {
	const frames: Uint8Array[] = [];
	let frame = new Uint8Array(3 * leds);
	for (let i = 0; i < count; i++) {
		frame = frame.slice();
		for (let stripes = random.below(8); stripes > 0; stripes--) {
			const from = random.below(leds);
			const to = Math.min(leds, from + 1 + random.below(leds));
			const color = random.below(colors);
			for (let led = from; led < to; led++) frame.set([color * 4, color, 200 - color], 3 * led);
		}
		frames.push(frame);
	}
	return frames;
}

/** All that a file shows as palette indices, decoded from pieces of this size. */
function framesIn(file: Uint8Array, piece: number): { palette: Uint8Array; frames: Uint8Array[] } {
	const header = new PrismHeader();
	header.collect(file, 0, file.length, 0);
	const decoder = new FrameDecoder();
	decoder.reset(header.leds, header.frames);
	const frames: Uint8Array[] = [];
	for (let at = header.payloadStart; !decoder.finished; ) {
		const before = decoder.frames;
		at = decoder.feed(file, at, Math.min(at + piece, file.length - 4));
		if (decoder.frames > before) frames.push(decoder.state.slice(PIXELS, PIXELS + header.leds));
	}
	const palette = decoder.state.slice(PALETTE, PALETTE + decoder.framesStart - 2);
	return { palette, frames };
}

/** What a second reading of the format says of a file whose header is right. */
function reference(file: Uint8Array): ReturnType<typeof decodePayload> {
	const header = new PrismHeader();
	header.collect(file, 0, file.length, 0);
	return decodePayload(file.slice(header.payloadStart, file.length - 4), header.leds, header.frames);
}

/** Changes something in a file. */
function mutate(file: Uint8Array, random: Random): Uint8Array {
	let bytes = file.slice();
	const kind = random.below(8);
	if (kind === 0) bytes = bytes.slice(0, random.below(bytes.length + 1));
	else if (kind === 1) {
		const longer = new Uint8Array(bytes.length + 1 + random.below(20));
		longer.set(bytes);
		bytes = longer;
	} else if (kind === 2) {
		// Bytes taken out of the middle: everything behind them moves.
		const at = random.below(bytes.length);
		const gone = 1 + random.below(4);
		bytes = Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + gone)]);
	} else {
		for (let changes = 1 + random.below(3); changes > 0; changes--) {
			const at = random.below(bytes.length);
			bytes[at] = random.oneIn(2) ? bytes[at] ^ (1 << random.below(8)) : random.below(256);
		}
	}
	// As often as not with CRCs that say that all is well.
	if (bytes.length >= 80 && !random.oneIn(8)) sealHeader(bytes);
	if (bytes.length >= 84 && !random.oneIn(8)) sealPayload(bytes);
	return bytes;
}

/** A file that may have come onto the flash unchecked: it is refused, played, or ends with the reason; never anything else. */
function plays(file: Uint8Array, reason: string | undefined): void {
	const light = player();
	try {
		light.play(new MemorySource(file), 0);
	} catch (error) {
		ok(error instanceof RefusedError && reason !== undefined);
		return;
	}
	// 20 frames of 24 a second.
	for (let now = 0; now < 830; now += 41) light.tick(now);
	if (reason === undefined) ok(light.trouble === undefined && light.state === PLAYING);
}

describe("pattern, any input", function () {
	this.timeout(600_000);

	it("what is encoded is decoded, from pieces of any size", () => {
		fc.assert(
			fc.property(pictures, fc.integer({ min: 1, max: 700 }), ({ leds, frames, file }, piece) => {
				equal(reasonFor(file, piece, true), undefined);
				const found = framesIn(file, piece);
				deepEqual(found, reference(file) as typeof found);
				const colors = found.frames.map((indices) => {
					const bytes = new Uint8Array(3 * leds);
					indices.forEach((index, led) => {
						bytes.set(found.palette.subarray(3 * index, 3 * index + 3), 3 * led);
					});
					return bytes;
				});
				deepEqual(colors, [...frames]);
			}),
		);
	});

	it("a file cut anywhere is refused, with the number of the frame in which it ends", () => {
		fc.assert(
			fc.property(pictures, fc.nat(), ({ file }, at) => {
				const cut = file.slice(0, at % file.length);
				if (cut.length >= 84) sealPayload(cut);
				const reason = reasonFor(cut, 100, true);
				ok(reason !== undefined);
				if (reason.startsWith(PRISM_ENDS.reason)) equal(reason, reference(cut) as string);
			}),
		);
		equal(inFrame(PRISM_ENDS, 7).reason, `${PRISM_ENDS.reason} 7`);
	});

	it(`${MUTATIONS} mutated files are refused with the reason, or decoded to frames of the right length`, () => {
		const random = new Random(20_260_101);
		const samples = fc.sample(pictures, { numRuns: 60, seed: 5 });
		let taken = 0;
		const reasons = new Set<string>();
		for (let i = 0; i < MUTATIONS; i++) {
			const bytes = mutate(samples[i % samples.length].file, random);
			const reason = reasonFor(bytes, 1 + random.below(300), true);
			equal(reasonFor(bytes, 4093, true), reason, "in pieces of another size");
			reasons.add((reason ?? "").replace(/ \d+$/, ""));
			if (reason === undefined) {
				taken++;
				deepEqual(framesIn(bytes, 1 + random.below(300)), reference(bytes) as ReturnType<typeof framesIn>);
			} else if (/ frame \d+$/.test(reason)) equal(reason, reference(bytes) as string);
			plays(bytes, reason);
		}
		ok(taken > MUTATIONS / 100, `${taken} taken`);
		ok(reasons.size >= 16, [...reasons].join("\n"));
	});

	it("a palette is exact for 64 colors, and near for more", () => {
		const color = fc.integer({ min: 0, max: 0xffffff });
		fc.assert(
			fc.property(fc.uniqueArray(color, { minLength: 1, maxLength: 150 }), (colors) => {
				const frame = new Uint8Array(3 * colors.length);
				colors.forEach((value, i) => {
					frame.set([value >> 16, value >> 8, value], 3 * i);
				});
				const palette = choosePalette([frame]);
				ok(palette.colors.length <= 192 && palette.colors.length % 3 === 0);
				let worst = 0;
				for (const value of colors) {
					const at = 3 * palette.indexOf(value);
					const found = (palette.colors[at] << 16) | (palette.colors[at + 1] << 8) | palette.colors[at + 2];
					if (colors.length <= 64 || value === 0) equal(found, value);
					for (const shift of [16, 8, 0]) {
						worst = Math.max(worst, Math.abs(((found >> shift) & 255) - ((value >> shift) & 255)));
					}
				}
				ok(worst <= 128, `${worst} off`);
			}),
		);
	});
});
