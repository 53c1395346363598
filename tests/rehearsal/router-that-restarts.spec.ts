import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 whose router restarts", () => {
	it("takes its first refusals for what they are, and opens no network of its own", async () => {
		const k1 = new K1({ ssid: "home", password: "correct horse" });
		const router = k1.chip.radio.add("home", "correct horse");
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		k1.run(60_000);
		k1.chip.radio.off(router);
		k1.until("left", () => !k1.joined, 10_000);
		k1.run(30_000);
		router.broken = 3;
		router.on = true;
		k1.until("joined", () => k1.joined, 150_000);
		equal(router.broken, 0, "it was refused");
		k1.answersStatus("prism-k1.local");
		equal(k1.logged("set-up"), 0);
	});

	it("opens it when the password was changed meanwhile", () => {
		equal(globalThis.chip.ended, "");
		const [router] = globalThis.chip.radio.routers;
		router.password = "another one";
		globalThis.chip.radio.off(router);
		globalThis.chip.run(30_000);
		router.on = true;
		globalThis.chip.run(240_000);
		equal(globalThis.chip.lwip.isUp("ap"), true);
	});
});
