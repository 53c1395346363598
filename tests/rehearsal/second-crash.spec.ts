import { equal } from "../support/assert.js";
import { CRASHED, k1ThatPlayed, RED } from "./playing.js";

describe("A K1 that has crashed twice in a row", () => {
	it("plays what it played", async () => {
		const k1 = k1ThatPlayed();
		const { chip } = k1;
		chip.reset = CRASHED;
		chip.preferences.set("system/restarts", "1");
		await k1.boot();
		equal(chip.preferences.get("system/restarts"), "2");
		k1.until("the pattern", () => chip.leds.shown === RED, 2000);
		equal(chip.leds.history[0], "dark");
	});
});
