import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 that gets neither a network nor an access point for an hour", () => {
	it("comes up all the same, says why nobody can reach it, and serves as soon as somebody can", async () => {
		const k1 = new K1();
		k1.chip.accessPointFails = 14_400;
		await k1.boot();
		k1.run(3_500_000);
		equal(k1.setupIsOpen, false);
		equal(k1.logged("set-up: access point failed: esp_wifi_set_mode failed"), 1);
		k1.until("the set-up", () => k1.setupIsOpen, 600_000);
		k1.run(1000);
		equal(k1.get("192.168.4.1", "/setup", "ap"), 200);
		equal(k1.logged("server: listening on port 80"), 1);
	});
});
