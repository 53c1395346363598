import fc from "fast-check";
import { readSignal } from "../../host-shim/led-signal.js";
import { encodePattern } from "../../modules/pattern/encoder/encode.js";
import { WAVE } from "../../modules/pattern/header.js";
import { writeSignal } from "../../modules/playback/render.js";
import { signalLength } from "../../modules/playback/signal.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { MemorySource, player } from "../support/playback.js";
import { Random } from "../support/random.js";

const RUNS = process.env.K1_LONG ? 4000 : 150;

const u16 = fc.integer({ min: 0, max: 65_535 });
/** Times that delay by some frames, more often than not. */
const ms = fc.oneof(fc.integer({ min: 0, max: 1000 }), u16);

const LEDS = [1, 100, 160, 161, 320] as const;

const films = fc.record({
	leds: fc.constantFrom(...LEDS),
	count: fc.integer({ min: 1, max: 70 }),
	/** Frames per second, times 256. */
	fps256: fc.oneof(fc.integer({ min: 256, max: 30_720 }), fc.constantFrom(256, 24 * 256, 7672, 60 * 256, 30_720)),
	motion: fc.nat({ max: 6 }),
	sync: fc.nat({ max: 6 }),
	delay: ms,
	progressiveStart: ms,
	progressiveEnd: ms,
	waveAmplitude: ms,
	waveFrequency: fc.oneof(fc.integer({ min: 0, max: 4 }), u16),
	wavePhase: fc.oneof(fc.integer({ min: 0, max: 360 }), u16),
	seed: fc.nat(),
	/** When somebody looks, ms after the look before. */
	looks: fc.array(fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 3000 }), fc.nat({ max: 100_000_000 })), {
		minLength: 1,
		maxLength: 25,
	}),
	start: fc.nat({ max: 4_000_000_000 }),
});

type Film = typeof films extends fc.Arbitrary<infer T> ? T : never;

/** Frames of at most 60 colors, all different from each other. */
function framesOf({ leds, count, seed }: Film): Uint8Array[] {
	const random = new Random(seed);
	return Array.from({ length: count }, () => {
		const frame = new Uint8Array(3 * leds);
		for (let led = 0; led < leds; led++) {
			const color = 1 + random.below(60);
			frame.set([color, 255 - color, (7 * color) & 255], 3 * led);
		}
		return frame;
	});
}

/** The place of LED i of n, by the motion. */
function place(motion: number, i: number, n: number): number {
	const left = n === 1 ? 0 : i / (n - 1);
	const center = n === 1 ? 0 : Math.abs(2 * i - (n - 1)) / (n - 1);
	return [left, 1 - left, center, 1 - center, left][motion] ?? left;
}

/** How many ms ago strip 1 showed what LED i of strip 2 shows. */
function delay(film: Film, i: number, n: number): number {
	const p = place(film.motion, i, n);
	switch (film.sync) {
		case 1:
			return film.delay;
		case 2:
			return film.progressiveStart + p * (film.progressiveEnd - film.progressiveStart);
		case 3: {
			const cycles = film.waveFrequency === 0 ? 1 : film.waveFrequency;
			const sine = Math.sin(2 * Math.PI * (cycles * p + film.wavePhase / 360));
			return Math.max(0, film.delay + film.waveAmplitude * sine);
		}
		default:
			return 0;
	}
}

/** In frames; several where the ms are so near to a half that the last bit of a sine decides. */
function delaysInFrames(film: Film, i: number, n: number): number[] {
	const exact = delay(film, i, n);
	return [exact - 1e-9, exact, exact + 1e-9].map((time) => {
		const frames = (BigInt(Math.round(time)) * BigInt(film.fps256) + 128_000n) / 256_000n;
		return Math.min(50, Number(frames));
	});
}

/** What both strips show `passed` ms after the start: for each LED the colors that are right. */
function shown(film: Film, frames: readonly Uint8Array[], passed: number): string[][] {
	const newest = Number((BigInt(passed) * BigInt(film.fps256)) / 256_000n);
	const color = (led: number, ago: number) => {
		if (newest < ago) return "0,0,0";
		return frames[(newest - ago) % film.count].slice(3 * led, 3 * led + 3).join();
	};
	return Array.from({ length: 320 }, (_, led) => {
		const i = led % 160;
		if (film.leds > 160) return [led < film.leds ? color(led, 0) : "0,0,0"];
		if (i >= film.leds) return ["0,0,0"];
		return led < 160 ? [color(i, 0)] : delaysInFrames(film, i, film.leds).map((ago) => color(i, ago));
	});
}

/** Plays it, and fails unless both strips show at each look what the docs say. */
function showsAsTheDocsSay(film: Film): void {
	const frames = framesOf(film);
	const file = encodePattern({ ...film, fps: film.fps256 / 256, frames, strip2: film });
	const light = player();
	light.play(new MemorySource(file), film.start, 0);
	let passed = 0;
	for (const look of film.looks) {
		passed += look;
		light.tick(film.start + passed);
		const expected = shown(film, frames, passed);
		for (let led = 0; led < 320; led++) {
			const color = light.colors.slice(3 * led, 3 * led + 3).join();
			ok(expected[led].includes(color), `LED ${led} after ${passed} ms: ${color}, not ${expected[led][0]}`);
		}
		const newest = Number((BigInt(passed) * BigInt(film.fps256)) / 256_000n);
		equal(light.frame, newest % film.count);
		equal(light.shown + light.skipped, newest + 1);
		// The signal brings the same to the LEDs.
		const signal = new Uint8Array(signalLength(160));
		for (const strip of [0, 480]) {
			writeSignal(signal, 0, light.output, strip, strip + 480);
			const got = readSignal(signal);
			deepEqual(got, light.output.slice(strip, strip + 480));
			const turned = new Uint8Array(480);
			for (let i = 0; i < 480; i += 3) turned.set([got[i + 1], got[i], got[i + 2]], i);
			deepEqual(turned, light.colors.slice(strip, strip + 480));
		}
	}
}

describe("player, any film and any times", function () {
	this.timeout(600_000);

	it("shows what the docs say, on both strips, whenever somebody looks", () => {
		fc.assert(fc.property(films, showsAsTheDocsSay), { numRuns: RUNS });
	});

	// What random films may miss: each once, with delays that are seen, and that no other motion or way has.
	for (const leds of LEDS) {
		it(`shows what the docs say for each motion and each way to follow, with ${leds} LEDs`, () => {
			const times = { delay: 400, progressiveStart: 200, progressiveEnd: 1700, waveAmplitude: 900, wavePhase: 50 };
			const rest = { ...times, leds, count: 61, fps256: 7672, seed: leds, looks: [0, 500, 1000, 1900, 500], start: 9 };
			for (let motion = 0; motion <= 5; motion++) {
				for (let sync = 0; sync <= 5; sync++) {
					for (const waveFrequency of sync === WAVE ? [0, 1, 3] : [2])
						showsAsTheDocsSay({ ...rest, motion, sync, waveFrequency });
				}
			}
		});
	}

	it("shows the same, however often it is asked in between", () => {
		fc.assert(
			fc.property(films, (film) => {
				const frames = framesOf(film);
				const file = encodePattern({ ...film, fps: film.fps256 / 256, frames, strip2: film });
				const often = player();
				const seldom = player();
				often.play(new MemorySource(file, 256), film.start);
				seldom.play(new MemorySource(file, 4096), film.start);
				let now = film.start;
				for (const look of film.looks) {
					const until = now + (look % 3000);
					for (let wait = often.wait(now); now + wait < until; wait = often.wait(now)) {
						now += wait;
						ok(often.tick(now), `nothing to do at ${now}`);
						equal(often.wait(now) > 0, true);
					}
					now = until;
					often.tick(now);
				}
				seldom.tick(now);
				equal(seldom.frame, often.frame);
				// The fade takes 400 ms, in steps of 20: the last of them may come so much later.
				if (now - film.start >= 420) deepEqual(seldom.colors, often.colors);
				equal(often.skipped, 0);
			}),
			{ numRuns: RUNS },
		);
	});

	it("never lets more flow than the limit, nor less than it could, and never changes what fits", () => {
		const limits = fc.integer({ min: 1, max: 20_000 });
		fc.assert(
			fc.property(
				films,
				limits,
				fc.nat({ max: 255 }),
				fc.integer({ min: 100, max: 400 }),
				(film, limit, level, gamma) => {
					const file = encodePattern({ ...film, fps: film.fps256 / 256, frames: framesOf(film) });
					const [free, bound] = [player(), player({ powerLimit: limit })];
					for (const light of [free, bound]) {
						light.play(new MemorySource(file), 0, 0);
						light.setBrightness(level, 0, 0);
						light.setGamma(gamma, 0, 0);
						light.tick(0);
					}
					const sum = bound.output.reduce((all, value) => all + value, 0);
					equal(bound.milliamps, 320 + Math.round((sum * 55) / 765));
					ok(bound.milliamps <= Math.max(limit, 320), `${bound.milliamps} of ${limit}`);
					if (free.milliamps < limit) deepEqual(bound.output, free.output);
					// Each of 960 channels is rounded down by less than one.
					else ok(bound.milliamps >= Math.max(limit, 320) - (960 * 55) / 765 - 2);
					deepEqual(bound.colors, free.colors);
				},
			),
			{ numRuns: RUNS },
		);
	});
});
