import { equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 whose search for networks never ends", () => {
	it("goes on joining, and lists networks when it is asked again", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		const { chip } = k1;
		const other = chip.radio.add("other", "");
		chip.radio.scanHangs = true;
		await k1.boot();
		k1.until("the set-up", () => k1.setupIsOpen, 120_000);
		const tries = k1.logged("setup, joining");
		k1.until("the next try", () => k1.logged("setup, joining") > tries, 40_000);
		ok(!k1.form().includes("<option>other</option>"));
		chip.radio.scanHangs = false;
		equal(k1.get("192.168.4.1", "/setup?search", "ap"), 200);
		k1.until("the list", () => k1.form().includes("<option>other</option>"), 60_000);
		ok(other.on);
		chip.radio.add("home", "");
		k1.until("joined", () => k1.joined, 90_000);
	});
});
