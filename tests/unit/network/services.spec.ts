import { numberedName, txtEntries, txtRecord } from "../../../modules/network/services.js";
import { deepEqual, equal } from "../../support/assert.js";

const K1 = { protocol: 1, firmware: "0.1.0", leds: 320 };

describe("mDNS services", () => {
	it("numbers a name that another device has", () => {
		equal(numberedName("prism-k1", 1), "prism-k1");
		equal(numberedName("prism-k1", 2), "prism-k1-2");
		equal(numberedName("prism-k1", 12), "prism-k1-12");
		equal(numberedName("a".repeat(70), 1), "a".repeat(63));
		equal(numberedName("a".repeat(70), 2), `${"a".repeat(61)}-2`);
	});

	it("tells protocol, firmware, LEDs, path, and what the K1 can do", () => {
		deepEqual(txtEntries(K1), [
			["txtvers", "1"],
			["protocol", "1"],
			["firmware", "0.1.0"],
			["leds", "320"],
			["path", "/ws"],
			["can", "play,live,watch"],
		]);
	});

	it("packs the TXT record as length bytes and strings", () => {
		const record = txtRecord(K1);
		let text = "";
		for (let i = 0; i < record.length; i += record[i] + 1) {
			text += `${String.fromCharCode(...record.subarray(i + 1, i + 1 + record[i]))};`;
		}
		equal(text, "txtvers=1;protocol=1;firmware=0.1.0;leds=320;path=/ws;can=play,live,watch;");
	});
});
