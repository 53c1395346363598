import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { decode, encode } from "fast-png";
import { faultsOf } from "../../../client/cli/pattern/faults.js";
import { framesOf } from "../../../client/cli/pattern/reading.js";
import { crc32 } from "../../../modules/bytes/bytes.js";
import { RefusedError } from "../../../modules/core/errors.js";
import { PrismCheck } from "../../../modules/pattern/check.js";
import { encodePattern } from "../../../modules/pattern/encoder/encode.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { prismFile, sealHeader, sealPayload } from "../../support/prism.js";
import { Random } from "../../support/random.js";
import { Caller } from "../support/k1.js";

/** What a device says of a file; undefined: nothing is wrong. */
function verdictOf(bytes: Uint8Array): string | undefined {
	const check = new PrismCheck();
	check.feed(0, bytes, 0, bytes.length, 0);
	try {
		check.check(true, bytes.length, crc32(0, bytes, 0, bytes.length));
		return undefined;
	} catch (error) {
		if (error instanceof RefusedError) return error.refusal.reason;
		throw error;
	}
}

/** A pattern with something in all of its frames. */
function colorful(frames: number, leds = 160): Uint8Array[] {
	return Array.from({ length: frames }, (_, frame) =>
		new Uint8Array(3 * leds).map((_, i) => (((i / 3 + frame) % 60) * 4 + (i % 3) * 5) & 0xff),
	);
}

describe("k1 with files alone", () => {
	const caller = new Caller();
	const frames = colorful(30);
	const strip2 = { sync: 2, motion: 2, progressiveStart: 10, progressiveEnd: 500 };
	const file = encodePattern({ leds: 160, fps: 23.5, frames, strip2, json: '{"name":"x"}' });

	before(() => writeFileSync(caller.path("good.prism"), file));
	after(() => caller.remove());

	describe("check", () => {
		it("says everything about a good file", async () => {
			const [figures] = await caller.json<Record<string, unknown>[]>("check", "good.prism");
			const { leds, frames, fps, palette, sync, motion, problems, valid, size, version, metadata } = figures;
			deepEqual([leds, frames, fps, palette, sync, motion, problems, valid, size, version, metadata], [
				160,
				30,
				23.5,
				60,
				"progressive",
				"center",
				[],
				true,
				file.length,
				"1.1",
				'{"name":"x"}',
			] as unknown[]);
			const { code, stdout } = await caller.run(["check", "good.prism"]);
			equal(code, 0);
			ok(stdout.startsWith("good.prism: valid\n"), stdout);
			ok(stdout.includes("progressive center, 10 to 500 ms, up to 12 frames behind"), stdout);
		}).timeout(30_000);

		it("says what is wrong with others, all of it, and ends with 1", async () => {
			const bad = prismFile({
				leds: 4,
				frames: 3,
				payload: Uint8Array.of(1, 0, 9, 9, 9, 0, 4, 0, 0, 0, 0, 7, 0, 3, 0, 0, 0, 0, 2, 2, 0, 0x84, 0),
			});
			bad[16] = 3;
			sealHeader(bad);
			bad[bad.length - 1] ^= 1;
			writeFileSync(caller.path("bad.prism"), bad);
			writeFileSync(caller.path("none.prism"), "hello");
			const ran = await caller.run(["check", "bad.prism", "good.prism", "none.prism", "--json"]);
			equal(ran.code, 1);
			const all = JSON.parse(ran.stdout) as { file: string; valid: boolean; problems: string[] }[];
			deepEqual(
				all.map(({ valid }) => valid),
				[false, true, false],
			);
			deepEqual(all[0].problems, [
				"prism: color format is not 1 (palette)",
				"prism: payload CRC mismatch",
				"prism: index outside the palette in frame 0",
				"prism: segment has too few or too many LEDs in frame 1",
			]);
			deepEqual(all[2].problems, ["not a .prism file: it must start with PRSM"]);
			ok((await caller.run(["check", "bad.prism"])).stdout.startsWith("bad.prism: 4 problems\n"));
			equal((await caller.run(["check", "nowhere.prism"])).code, 1);
		}).timeout(30_000);

		it("finds what a device finds in any file, and nothing where that finds nothing", () => {
			const random = new Random(9);
			for (let i = 0; i < 600; i++) {
				const changed = file.slice(0, random.below(10) === 0 ? random.below(file.length) : file.length);
				for (let flips = random.below(4); flips > 0; flips--) {
					// Most of them where there is more than frames.
					const at = random.below(random.below(2) === 0 ? Math.min(changed.length, 400) : changed.length);
					if (changed.length > 0) changed[at] ^= 1 << random.below(8);
				}
				if (changed.length > 90 && random.below(3) > 0) {
					sealHeader(changed);
					sealPayload(changed);
				}
				const verdict = verdictOf(changed);
				const faults = faultsOf(changed);
				if (verdict === undefined) deepEqual(faults, []);
				else ok(faults.includes(verdict), `${verdict} is not among ${faults}`);
			}
		}).timeout(20_000);
	});

	describe("export and encode", () => {
		it("make a picture with the file's colors, and of that the same frames and settings, and no larger file", async () => {
			equal((await caller.run(["export", "good.prism", "good.png"])).code, 0);
			const { width, height, channels, data } = decode(readFileSync(caller.path("good.png")));
			deepEqual([width, height, channels], [160, 30, 3]);
			frames.forEach((frame, row) => {
				deepEqual(new Uint8Array(data.subarray(480 * row, 480 * (row + 1))), frame);
			});
			equal((await caller.run(["encode", "good.png", "again.prism"])).code, 0);
			const again = new Uint8Array(readFileSync(caller.path("again.prism")));
			ok(again.length <= file.length);
			deepEqual(framesOf("", again).frames, frames);
			const [one, two] = await caller.json<Record<string, unknown>[]>("check", "good.prism", "again.prism");
			for (const key of ["fps", "sync", "motion", "strip2", "valid"]) deepEqual(two[key], one[key]);
		}).timeout(30_000);

		it("take what the caller says over what the picture says", async () => {
			const args = ["--fps", "60", "--sync", "wave", "--motion", "edge", "--delay", "5", "--wave-amplitude", "7"];
			equal((await caller.run(["encode", "good.png", "other.prism", "--leds", "80", ...args])).code, 0);
			const [{ leds, fps, sync, motion, strip2 }] = await caller.json<Record<string, unknown>[]>(
				"check",
				"other.prism",
			);
			deepEqual([leds, fps, sync, motion], [80, 60, "wave", "edge"] as unknown[]);
			const { delay, waveAmplitude } = strip2 as Record<string, number>;
			deepEqual([delay, waveAmplitude], [5, 7]);
		}).timeout(30_000);

		it("takes PNGs of all kinds", async () => {
			const shown = Uint8Array.of(255, 0, 0, 0, 0, 255, 255, 255, 255);
			const pictures = {
				rgba: { channels: 4, depth: 8, data: Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255) },
				rgb16: {
					channels: 3,
					depth: 16,
					data: Uint16Array.of(65_535, 0, 0, 0, 0, 65_535, 65_535, 65_535, 65_535),
				},
			} as const;
			for (const [name, picture] of Object.entries(pictures)) {
				writeFileSync(caller.path(`${name}.png`), encode({ width: 3, height: 1, ...picture }));
				equal((await caller.run(["encode", `${name}.png`, `${name}.prism`])).code, 0);
				deepEqual(framesOf("", new Uint8Array(readFileSync(caller.path(`${name}.prism`)))).frames, [shown]);
			}
		}).timeout(30_000);

		it("takes a folder of PNGs in the order of their numbers, each a frame", async () => {
			mkdirSync(caller.path("frames"));
			for (const number of [10, 2, 1]) {
				const data = new Uint8Array(2 * 4 * 3).fill(number);
				const png = encode({ width: 4, height: 2, channels: 3, depth: 8, data });
				writeFileSync(caller.path("frames", `${number}.png`), png);
			}
			equal((await caller.run(["encode", "frames", "folder.prism", "--fps", "10"])).code, 0);
			const { header, frames } = framesOf("", new Uint8Array(readFileSync(caller.path("folder.prism"))));
			deepEqual([header.fps256, ...frames.map((frame) => frame[5])], [2560, 1, 2, 10]);
		}).timeout(30_000);

		it("takes a GIF: its delays, and images that are drawn over what was there", async () => {
			writeFileSync(caller.path("two.gif"), gif());
			equal((await caller.run(["encode", "two.gif", "two.prism"])).code, 0);
			const { header, frames } = framesOf("", new Uint8Array(readFileSync(caller.path("two.prism"))));
			const [red, blue] = [
				[255, 0, 0],
				[0, 0, 255],
			];
			equal(header.fps256, 20 * 256);
			deepEqual(
				frames.map((frame) => [...frame]),
				// The first image for 50 ms, the second, of one pixel, for 100.
				[
					[...red, ...red],
					[...red, ...blue],
					[...red, ...blue],
				],
			);
		}).timeout(30_000);

		it("says what cannot be a pattern", async () => {
			const wide = encode({ width: 400, height: 1, channels: 3, depth: 8, data: new Uint8Array(1200) });
			writeFileSync(caller.path("wide.png"), wide);
			mkdirSync(caller.path("empty"));
			const cases = [
				[["encode", "wide.png", "x.prism"], 1, "--leds N"],
				[["encode", "good.prism", "x.prism"], 1, "no PNG or GIF"],
				[["encode", "empty", "x.prism"], 1, "no PNG images"],
				[["encode", "nowhere.png", "x.prism"], 1, "there is no file"],
				[["encode", "good.png", "x.prism", "--fps", "200"], 2, "from 1 to 120"],
				[["encode", "good.png", "x.prism", "--sync", "up"], 2, "Allowed choices"],
				[["export", "good.png", "x.png"], 1, "no .prism file"],
				[["preview", "nowhere.prism"], 1, "there is no file"],
			] as const;
			await Promise.all(
				cases.map(async ([args, code, sentence]) => {
					const ran = await caller.run(args);
					equal(ran.code, code, args.join(" "));
					ok(ran.stderr.includes(sentence), `k1 ${args.join(" ")}: ${ran.stderr}`);
				}),
			);
		}).timeout(30_000);
	});

	it("colors no pipe on its own, nor where CI is set; FORCE_COLOR does, unless NO_COLOR is set", async () => {
		const first = async (env: NodeJS.ProcessEnv) =>
			(await caller.run(["check", "good.prism"], { env })).stdout.split("\n", 1)[0];
		for (const env of [{}, { CI: "true" }, { FORCE_COLOR: "0" }, { FORCE_COLOR: "1", NO_COLOR: "1" }]) {
			equal(await first(env), "good.prism: valid");
		}
		equal(await first({ FORCE_COLOR: "1" }), "\x1b[1mgood.prism\x1b[22m: \x1b[32mvalid\x1b[39m");
	}).timeout(30_000);

	it("preview writes a line a frame where there is no terminal", async () => {
		const { code, stdout } = await caller.run(["preview", "good.prism"]);
		equal(code, 0);
		const lines = stdout.trimEnd().split("\n");
		equal(lines.length, 30);
		ok(/^ {4}0 [ .:=+*#%@-]{72}$/.test(lines[0]), lines[0]);
	}).timeout(30_000);
});

/** A GIF of 2 x 1 pixels: both red for 50 ms, then the right one blue for 100 ms. */
function gif(): Uint8Array {
	return Uint8Array.of(
		...Buffer.from("GIF89a"),
		...[2, 0, 1, 0, 0x80, 0, 0],
		...[255, 0, 0, 0, 0, 255],
		...[0x21, 0xf9, 4, 4, 5, 0, 0, 0],
		...[0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0],
		// LZW of at least 2 bits: clear (4), 0, 0, end (5), three bits each, the lowest first.
		...[2, 2, 0b00_000_100, 0b0000_1010, 0],
		...[0x21, 0xf9, 4, 4, 10, 0, 0, 0],
		...[0x2c, 1, 0, 0, 0, 1, 0, 1, 0, 0],
		// Clear, 1, end.
		...[2, 2, 0b01_001_100, 0b0000_0001, 0],
		0x3b,
	);
}
