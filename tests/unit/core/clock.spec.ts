import { Clock } from "../../../modules/core/clock.js";
import { equal } from "../../support/assert.js";

describe("Clock", () => {
	it("counts from when it was made, whatever the ticks' origin", () => {
		let ticks = 123_456;
		const clock = new Clock(() => ticks);
		equal(clock.now(), 0);
		ticks += 1500;
		equal(clock.now(), 1500);
	});

	it("goes on when 32-bit ticks wrap", () => {
		let ticks = 0x7ffffff0;
		const clock = new Clock(() => ticks);
		ticks = (ticks + 100) | 0;
		equal(clock.now(), 100);
		ticks = (ticks + 0x7fffffff) | 0;
		equal(clock.now(), 100 + 0x7fffffff);
		ticks = (ticks + 0x7fffffff) | 0;
		equal(clock.now(), 100 + 2 * 0x7fffffff);
	});

	it("does not go back when ticks stand still", () => {
		const clock = new Clock(() => -5);
		equal(clock.now(), 0);
		equal(clock.now(), 0);
	});
});
