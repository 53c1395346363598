import { numberedName, txtEntries } from "../../../modules/network/services.js";
import { deepEqual, equal } from "../../support/assert.js";

describe("mDNS services", () => {
	it("numbers a name that another device has", () => {
		equal(numberedName("prism-k1", 1), "prism-k1");
		equal(numberedName("prism-k1", 2), "prism-k1-2");
		equal(numberedName("prism-k1", 12), "prism-k1-12");
		equal(numberedName("a".repeat(70), 1), "a".repeat(63));
		equal(numberedName("a".repeat(70), 2), `${"a".repeat(61)}-2`);
	});

	it("tells protocol, firmware, LEDs and path", () => {
		deepEqual(txtEntries({ protocol: 1, firmware: "0.1.0", leds: 320 }), [
			["txtvers", "1"],
			["protocol", "1"],
			["firmware", "0.1.0"],
			["leds", "320"],
			["path", "/ws"],
		]);
	});
});
