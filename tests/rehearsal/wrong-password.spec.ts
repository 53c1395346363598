import { equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 with the wrong password", () => {
	it("opens the set-up, says what is wrong, and takes the right one while it tries the wrong one", async () => {
		const k1 = new K1({ ssid: "home", password: "battery staple" });
		k1.chip.radio.add("home", "correct horse");
		await k1.boot();
		k1.until("the set-up", () => k1.setupIsOpen, 90_000);
		k1.run(5000);
		ok(k1.form().includes("home did not accept the password."));
		ok(k1.form().includes("<option>home</option>"), "the list of networks");
		// In the middle of a try, whose end the driver reports when the next one is under way.
		const tries = k1.logged("setup, joining");
		k1.until("the next try", () => k1.logged("setup, joining") > tries, 60_000);
		equal(k1.submit("home", "correct+horse"), 200);
		k1.until("joined", () => k1.joined, 10_000);
		k1.run(1000);
		equal(k1.setupIsOpen, false);
		k1.answersStatus("prism-k1.local");
	});
});
