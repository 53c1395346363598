import { equal, ok } from "../support/assert.js";
import { pattern } from "../support/store.js";
import { K1 } from "./k1.js";

describe("A K1 whose flash holds anything at all", () => {
	it("comes up empty and serves", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		const { flash } = k1.chip;
		ok(flash);
		flash.write(pattern(8192, 7), 0);
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		equal(k1.logged("store: 0 patterns"), 1);
		k1.answersStatus("prism-k1.local");
		k1.run(60_000);
		k1.answersStatus("prism-k1.local");
	});
});
