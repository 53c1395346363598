import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 whose LEDs do not start", () => {
	it("says so and serves", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		const { leds, radio } = k1.chip;
		radio.add("home", "");
		leds.failure = "strip 2 at GPIO 10: spi_bus_initialize: ESP_ERR_NOT_FOUND";
		await k1.boot();
		equal(k1.logged(`LEDs: ${leds.failure}; they stay dark`), 1);
		k1.until("joined", () => k1.joined, 10_000);
		k1.answersStatus("prism-k1.local");
		equal(leds.pictures, 0);
		equal(k1.get("prism-k1.local", "/state"), 200);
	});
});
