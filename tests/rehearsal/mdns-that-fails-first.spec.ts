import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 that cannot announce itself at first", () => {
	it("is reached under its address, and tries again", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		k1.chip.lwip.udp.add(5353);
		await k1.boot();
		k1.run(10_000);
		equal(k1.joined, false);
		equal(k1.get("192.168.1.42"), 200);
		k1.chip.lwip.udp.delete(5353);
		k1.until("announced", () => k1.joined, 10_000);
		equal(k1.get("prism-k1.local"), 200);
	});
});
