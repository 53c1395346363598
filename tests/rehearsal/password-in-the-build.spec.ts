import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 with a network in its build", () => {
	it("joins it and opens no network of its own", async () => {
		const k1 = new K1({ ssid: "home", password: "correct horse" });
		k1.chip.radio.add("home", "correct horse");
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		k1.answersStatus("prism-k1.local");
		k1.answersStatus("192.168.1.42");
		k1.run(600_000);
		k1.answersStatus("prism-k1");
		equal(k1.logged("set-up"), 0);
		equal(k1.logged("started: Power-On"), 1);
		equal(k1.logged("store: 0 patterns"), 1);
		equal(k1.logged("server: listening on port 80"), 1);
		equal(k1.logged("network: http://192.168.1.42/"), 1);
		equal(k1.logged("mDNS: http://prism-k1.local/"), 1);
		equal(k1.chip.preferences.size, 0);
	});
});
