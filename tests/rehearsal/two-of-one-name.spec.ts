import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("The second K1 in a network", () => {
	it("takes a numbered name, and answers to it", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		k1.chip.neighbours.add("prism-k1");
		k1.chip.neighbours.add("prism-k1-2");
		await k1.boot();
		k1.until("joined", () => k1.joined, 20_000);
		equal(k1.chip.advertised[0].host, "prism-k1-3");
		equal(k1.logged("mDNS: http://prism-k1-3.local/"), 1);
		equal(k1.get("prism-k1-3.local"), 200);
		equal(k1.get("PRISM-K1-3.local."), 200);
		k1.answersStatus("prism-k1-3.local");
		k1.answersStatus("prism-k1.local");
		equal(k1.get("prism-k1-2.local"), 421);
		equal(k1.get("evil.example"), 421);
	});

	it("gives a name back that it lost, after the router was away", () => {
		const { chip } = globalThis;
		const [router] = chip.radio.routers;
		chip.radio.off(router);
		chip.run(10_000);
		chip.neighbours.delete("prism-k1");
		router.on = true;
		chip.run(60_000);
		equal(chip.advertised[0].host, "prism-k1");
	});
});
