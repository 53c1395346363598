import { Clock } from "../../../modules/core/clock.js";
import { FLASH_FAILED, RefusedError } from "../../../modules/core/errors.js";
import { Keeper, SAVE_INTERVAL } from "../../../modules/lamp/keeper.js";
import { deepEqual, equal } from "../../support/assert.js";
import { FakePlatform } from "../../support/fake-platform.js";

/** A keeper, and when it saved, ms since the start. */
function keeper(): {
	platform: FakePlatform;
	changed: () => void;
	saves: number[];
	fail: boolean[];
	reasons: string[];
} {
	const platform = new FakePlatform();
	const clock = new Clock(() => platform.ticks);
	const saves: number[] = [];
	const fail = [false];
	const reasons: string[] = [];
	const kept = new Keeper(
		platform.timer,
		clock,
		() => {
			saves.push(clock.now());
			if (fail[0]) throw new RefusedError(FLASH_FAILED);
		},
		(reason) => reasons.push(reason),
	);
	kept.start();
	return { platform, changed: () => kept.changed(clock.now()), saves, fail, reasons };
}

describe("keeper", () => {
	it("saves at once what changes after a while, and nothing else", () => {
		const { platform, changed, saves } = keeper();
		platform.pass(10_000);
		deepEqual(saves, []);
		changed();
		platform.pass(10_000);
		deepEqual(saves, [10_000]);
	});

	it("saves what goes on changing every 1.9 s, and the last of it", () => {
		const { platform, changed, saves } = keeper();
		for (let i = 0; i < 100; i++) {
			changed();
			platform.pass(100);
		}
		platform.pass(10_000);
		for (let i = 1; i < saves.length; i++) equal(saves[i] - saves[i - 1], SAVE_INTERVAL);
		equal(saves[0], 0);
		equal(saves.length, 7);
	});

	it("tries again, at its pace, when the flash does not take it", () => {
		const { platform, changed, saves, fail, reasons } = keeper();
		fail[0] = true;
		changed();
		platform.pass(3 * SAVE_INTERVAL);
		fail[0] = false;
		platform.pass(10_000);
		deepEqual(
			saves,
			[0, 1, 2, 3, 4].map((i) => i * SAVE_INTERVAL),
		);
		deepEqual(reasons, [FLASH_FAILED.reason], "a flash that never takes it fills no log");
		fail[0] = true;
		changed();
		platform.pass(0);
		equal(reasons.length, 2, "what fails anew is told anew");
	});
});
