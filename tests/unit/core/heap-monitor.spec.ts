import { HeapMonitor } from "../../../modules/core/heap-monitor.js";
import { equal } from "../../support/assert.js";

describe("HeapMonitor", () => {
	it("keeps the lowest mark of the free heap", () => {
		let used = 100;
		const monitor = new HeapMonitor({ size: () => 1000, used: () => used, largestFree: () => 7 });
		equal(monitor.free, 900);
		used = 700;
		monitor.sample();
		used = 300;
		monitor.sample();
		equal(monitor.free, 700);
		equal(monitor.leastFree, 300);
		equal(monitor.largestFree, 7);
	});

	it("never reports less than nothing", () => {
		const monitor = new HeapMonitor({ size: () => 0, used: () => 5, largestFree: () => 0 });
		equal(monitor.free, 0);
	});
});
