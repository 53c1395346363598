import { Clock } from "../../../modules/core/clock.js";
import { HeapMonitor } from "../../../modules/core/heap-monitor.js";
import { Housekeeping } from "../../../modules/device/housekeeping.js";
import type { PatternStore } from "../../../modules/storage/pattern-store.js";
import { Counters } from "../../../modules/transfer/counters.js";
import { equal, ok } from "../../support/assert.js";
import { FakePlatform } from "../../support/fake-platform.js";

/** Bytes of the largest pattern. */
const PLENTY = 524_288;

/** A store that has so much to do, and takes 45 ms for each step as an erase does. */
class Work {
	cleanBytes = 0;
	steps = 0;
	left = 1000;

	constructor(private readonly platform: FakePlatform) {}

	tidy(): boolean {
		if (this.left === 0) return false;
		this.left--;
		this.steps++;
		this.platform.ticks += 45;
		return true;
	}
}

describe("Housekeeping", () => {
	function begin(): { platform: FakePlatform; work: Work; counters: Counters; clock: Clock } {
		const platform = new FakePlatform();
		const clock = new Clock(() => platform.ticks);
		const work = new Work(platform);
		const counters = new Counters();
		const heap = new HeapMonitor({ size: () => 1, used: () => 0, largestFree: () => 0 });
		new Housekeeping(platform, clock, work as unknown as PatternStore, counters, heap).start();
		return { platform, work, counters, clock };
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

	it("waits until nobody has asked anything for 2 s", () => {
		const { platform, work, counters, clock } = begin();
		work.cleanBytes = PLENTY;
		for (let i = 0; i < 10; i++) {
			counters.lastFrame = clock.now();
			platform.pass(1500);
		}
		equal(work.steps, 0);
		platform.pass(1500);
		ok(work.steps > 0);
	});

	it("never works while an upload is under way", () => {
		const { platform, work, counters } = begin();
		counters.uploads = 1;
		platform.pass(10_000);
		equal(work.steps, 0);
	});

	it("takes a quarter of the time between questions when less than one largest pattern is clean", () => {
		const { platform, work, counters, clock } = begin();
		const start = platform.ticks;
		while (platform.ticks - start < 10_000) {
			counters.lastFrame = clock.now();
			platform.pass(100);
		}
		const share = (45 * work.steps) / (platform.ticks - start);
		ok(share > 0.15 && share <= 0.25, `a share of ${share}`);
		work.cleanBytes = PLENTY;
		const { steps } = work;
		counters.lastFrame = clock.now();
		platform.pass(1000);
		ok(work.steps <= steps + 1);
	});
});
