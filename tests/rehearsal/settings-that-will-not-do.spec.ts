import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 that was built with settings that will not do", () => {
	it("comes up with the defaults in their place, and says so", async () => {
		const k1 = new K1({
			hostName: "my lamp",
			ssid: "home",
			password: "short",
			port: "http",
			logLevel: "loud",
			ledPins: "9,27",
		});
		await k1.boot();
		k1.until("the set-up", () => k1.setupIsOpen, 10_000);
		k1.run(1000);
		equal(k1.get("192.168.4.1", "/setup", "ap"), 200);
		for (const key of ["hostName", "port", "logLevel", "ssid and password", "ledPins"]) {
			equal(k1.logged(`configuration: ${key}`), 1, key);
		}
		equal(k1.logged("short"), 0);
		equal(k1.chip.leds.pins, "9 10");
	});
});
