import { equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 whose preference store fails", () => {
	it("starts with what the build says", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		k1.chip.preferencesFail = true;
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		k1.answersStatus("prism-k1.local");
		ok(k1.logged("Wi-Fi: reading the network that was kept failed") === 1);
		equal(k1.chip.ended, "");
	});
});
