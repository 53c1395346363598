import { deepEqual, equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

const BLUE = "000018";
const YELLOW = "181800".repeat(2);
const GREEN = "180000".repeat(3);

describe("A K1 without a pattern", () => {
	it("shows by its first LEDs how its set-up goes on", async () => {
		const k1 = new K1();
		const { leds, radio } = k1.chip;
		const router = radio.add("home", "correct horse");
		await k1.boot();
		equal(leds.pins, "9 10");
		equal(leds.history[0], "dark", "what the LEDs showed before the start goes out first");
		k1.until("the set-up", () => k1.setupIsOpen, 1000);
		k1.until("the first light", () => leds.shown === YELLOW, 1000);
		k1.run(5000);
		equal(k1.submit("home", "correct+horse"), 200);
		k1.until("joined", () => k1.joined, 20_000);
		k1.until("the first light", () => leds.shown === GREEN, 1000);
		const { pictures } = leds;
		k1.run(60_000);
		equal(leds.pictures, pictures, "nothing is sent while nothing changes");
		radio.off(router);
		k1.until("the first light", () => leds.shown === BLUE, 60_000);
		const steady = leds.history.filter((shown) => [BLUE, YELLOW, GREEN].includes(shown));
		deepEqual(steady.slice(-3), [YELLOW, GREEN, BLUE]);
		ok(k1.logged("LEDs") === 0);
	});
});
