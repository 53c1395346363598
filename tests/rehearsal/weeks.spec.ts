import { equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

const DAY = 86_400_000;
/** So far the clock jumps at a time. */
const COARSE = 600_000;

describe("A K1 over weeks", () => {
	it("joins after 49 days without a network, and holds for 30 more", async () => {
		const k1 = new K1({ ssid: "home", password: "correct horse" });
		// The ticks are close to where they change their sign, and wrap after that.
		k1.chip.ticksBefore = 0x7fffffff - 10_000;
		await k1.boot();
		k1.run(49 * DAY, COARSE);
		equal(k1.setupIsOpen, false);
		const router = k1.chip.radio.add("home", "correct horse");
		k1.until("joined", () => k1.joined, 60_000);
		k1.answersStatus("prism-k1.local");
		k1.run(30 * DAY, COARSE);
		k1.answersStatus("prism-k1.local");
		const tries = k1.logged("Wi-Fi: joining");
		k1.chip.radio.off(router);
		router.on = true;
		k1.chip.radio.off(router);
		k1.until("left", () => !k1.joined, 10_000);
		const left = k1.chip.now;
		k1.until("the next try", () => k1.logged("Wi-Fi: joining") > tries, 10_000);
		ok(k1.chip.now - left <= 1100, "a connection that held starts from the shortest delay");
	});
});
