import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 whose router is away for an hour", () => {
	it("opens no network of its own, and is back when the router is", async () => {
		const k1 = new K1({ ssid: "home", password: "correct horse" });
		const router = k1.chip.radio.add("home", "correct horse");
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		k1.run(60_000);
		k1.chip.radio.off(router);
		k1.until("left", () => !k1.joined, 10_000);
		for (let minutes = 0; minutes < 60; minutes++) {
			k1.run(60_000);
			equal(k1.setupIsOpen, false);
		}
		router.on = true;
		k1.until("joined", () => k1.joined, 40_000);
		k1.answersStatus("prism-k1.local");
		equal(k1.logged("server: listening"), 1, "one listener outlives its networks");
	});
});
