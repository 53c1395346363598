import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 without a partition for patterns", () => {
	it("comes up and says so", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		k1.chip.flash = undefined;
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		equal(k1.logged("store: can't find partition; it is as if empty, and takes nothing"), 1);
		k1.answersStatus("prism-k1.local");
	});
});
