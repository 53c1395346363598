import { Clock } from "../../../modules/core/clock.js";
import { HeapMonitor } from "../../../modules/core/heap-monitor.js";
import { Housekeeping } from "../../../modules/device/housekeeping.js";
import type { Lamp, Onlooker } from "../../../modules/lamp/lamp.js";
import { PLAYING, STOPPED } from "../../../modules/playback/player.js";
import type { PatternStore } from "../../../modules/storage/pattern-store.js";
import { Counters } from "../../../modules/transfer/counters.js";
import { equal, ok } from "../../support/assert.js";
import { FakePlatform } from "../../support/fake-platform.js";

/** Bytes of the largest pattern. */
const PLENTY = 524_288;

/** A store that has so much to do, and takes 45 ms for each step as the erase of a sector does. */
class Work {
	cleanBytes = 0;
	steps = 0;
	left = 1000;

	constructor(private readonly platform: FakePlatform) {}

	/** Steps that might not erase, and those that might erase one sector, or a block of them. */
	spared = 0;
	single = 0;
	whole = 0;

	/** How often it was asked. */
	asked = 0;

	/** What others have erased. */
	erases = 0;

	tidy(most: number): boolean {
		this.asked++;
		if (this.left === 0) return false;
		if (most === 0) this.spared++;
		if (most === 1) this.single++;
		if (most === 16) this.whole++;
		this.left--;
		this.steps++;
		this.platform.ticks += 45;
		return true;
	}
}

describe("Housekeeping", () => {
	interface Begun {
		platform: FakePlatform;
		work: Work;
		counters: Counters;
		clock: Clock;
		lamp: { player: { state: number }; shown: () => void };
	}

	function begin(): Begun {
		const platform = new FakePlatform();
		const clock = new Clock(() => platform.ticks);
		const work = new Work(platform);
		const counters = new Counters();
		const heap = new HeapMonitor({ size: () => 1, used: () => 0, largestFree: () => 0 });
		const onlookers: Onlooker[] = [];
		const lamp = {
			player: { state: STOPPED },
			watch: (onlooker: Onlooker) => onlookers.push(onlooker),
			shown: () => {
				for (const onlooker of onlookers) onlooker.shown(clock.now());
			},
		};
		new Housekeeping(
			platform.timer,
			clock,
			work as unknown as PatternStore,
			counters,
			heap,
			lamp as unknown as Lamp,
		).start();
		return { platform, work, counters, clock, lamp };
	}

	it("works through what there is to do when it is quiet, and then looks again four times a second", () => {
		const { platform, work } = begin();
		work.left = 20;
		work.cleanBytes = PLENTY;
		platform.pass(5000);
		equal(work.steps, 20);
		work.left = 5;
		platform.pass(1000);
		equal(work.steps, 25);
	});

	it("has blocks of sectors erased when it is quiet, and one sector at a time between questions and beside a pattern", () => {
		const { platform, work, counters, clock, lamp } = begin();
		platform.pass(2500);
		work.whole = work.steps = 0;
		platform.pass(1000);
		ok(work.whole > 10 && work.whole === work.steps, `${work.whole} of ${work.steps} steps`);
		work.single = work.steps = 0;
		for (let i = 0; i < 10; i++) {
			counters.lastAsked = clock.now();
			platform.pass(500);
		}
		ok(work.single > 10 && work.single === work.steps, `${work.single} of ${work.steps} steps`);
		lamp.player.state = PLAYING;
		work.single = work.steps = 0;
		for (let i = 0; i < 100; i++) {
			lamp.shown();
			platform.pass(50);
		}
		ok(work.single > 3 && work.single === work.steps, `${work.single} of ${work.steps} steps`);
	});

	it("waits until nobody has asked anything for 2 s", () => {
		const { platform, work, counters, clock } = begin();
		work.cleanBytes = PLENTY;
		counters.lastAsked = clock.now();
		platform.pass(1900);
		ok(work.steps <= 1, `${work.steps} steps`);
		platform.pass(500);
		ok(work.steps > 1, `${work.steps} steps`);
	});

	it("goes on at a 400th of the time for a client that asks every second", () => {
		const { platform, work, counters, clock } = begin();
		work.cleanBytes = PLENTY;
		const start = platform.ticks;
		while (platform.ticks - start < 200_000) {
			counters.lastAsked = clock.now();
			platform.pass(1000);
		}
		const share = (45 * work.steps) / (platform.ticks - start);
		ok(share > 1 / 500 && share <= 1 / 350, `a share of ${share}`);
	});

	it("begins at once when it is quiet after that", () => {
		const { platform, work, counters, clock } = begin();
		work.cleanBytes = PLENTY;
		counters.lastAsked = clock.now();
		platform.pass(1000);
		work.steps = 0;
		platform.pass(2000);
		ok(work.steps > 5, `${work.steps} steps`);
	});

	it("waits while a pattern comes or goes, but for 10 s at most", () => {
		for (const clean of [0, PLENTY]) {
			const { platform, work, counters, clock } = begin();
			work.cleanBytes = clean;
			const moves = (milliseconds: number) => {
				const end = platform.ticks + milliseconds;
				while (platform.ticks < end) {
					counters.lastMoved = clock.now();
					platform.pass(100);
				}
			};
			moves(9500);
			equal(work.steps, 0);
			moves(1000);
			equal(work.steps, 1);
			moves(9000);
			equal(work.steps, 1);
		}
	});

	it("waits for longer while uploads erase what they need themselves", () => {
		const { platform, work, counters, clock } = begin();
		const moves = (milliseconds: number, erases: number) => {
			const end = platform.ticks + milliseconds;
			while (platform.ticks < end) {
				counters.lastMoved = clock.now();
				work.erases += erases;
				platform.pass(100);
			}
		};
		moves(30_000, 1);
		equal(work.steps, 0);
		moves(1000, 0);
		equal(work.steps, 1);
	});

	it("does not take an upload that does not move for one", () => {
		const { platform, work, counters, clock } = begin();
		counters.uploads = 1;
		counters.lastMoved = counters.lastAsked = clock.now();
		platform.pass(1900);
		ok(work.steps > 0);
	});

	it("takes a quarter of the time between questions when less than one largest pattern is clean", () => {
		const { platform, work, counters, clock } = begin();
		const start = platform.ticks;
		while (platform.ticks - start < 10_000) {
			counters.lastAsked = clock.now();
			platform.pass(100);
		}
		const share = (45 * work.steps) / (platform.ticks - start);
		ok(share > 0.15 && share <= 0.25, `a share of ${share}`);
		work.cleanBytes = PLENTY;
		const { steps } = work;
		counters.lastAsked = clock.now();
		platform.pass(1000);
		ok(work.steps <= steps + 1);
	});

	it("does a step a second beside a pattern, right after a picture, and erases only when little is erased", () => {
		const { platform, work, lamp } = begin();
		lamp.player.state = PLAYING;
		platform.pass(5000);
		equal(work.steps, 0, "never between pictures");
		for (let i = 0; i < 100; i++) {
			lamp.shown();
			platform.pass(50);
		}
		ok(work.steps >= 4 && work.steps <= 6, `${work.steps} steps`);
		equal(work.spared, 0);
		work.cleanBytes = PLENTY;
		for (let i = 0; i < 100; i++) {
			lamp.shown();
			platform.pass(50);
		}
		ok(work.spared >= 4 && work.spared <= 6, `${work.spared} steps without an erase`);
	});

	it("does not look for work at each picture when there is none", () => {
		const { platform, work, lamp } = begin();
		lamp.player.state = PLAYING;
		work.left = 0;
		for (let i = 0; i < 100; i++) {
			lamp.shown();
			platform.pass(50);
		}
		ok(work.asked >= 4 && work.asked <= 6, `asked ${work.asked} times`);
	});

	it("leaves uploads their time beside a pattern as well", () => {
		const { platform, work, counters, clock, lamp } = begin();
		lamp.player.state = PLAYING;
		for (let i = 0; i < 90; i++) {
			counters.lastMoved = clock.now();
			lamp.shown();
			platform.pass(100);
		}
		equal(work.steps, 0);
	});
});
