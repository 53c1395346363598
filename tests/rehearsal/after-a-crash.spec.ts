import { equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 that restarts after a crash", () => {
	it("says once what ended it, and keeps the last words of the next crash", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		const { chip } = k1;
		chip.radio.add("home", "");
		chip.reset = { reason: 3, string: "Software" };
		chip.preferences.set("system/abort", "unhandled exception planted before");
		await k1.boot();
		equal(k1.logged("started: Software; before it: unhandled exception planted before"), 1);
		equal(chip.preferences.has("system/abort"), false, "it is not said again after another restart");
		k1.until("joined", () => k1.joined, 10_000);
		k1.answersStatus("prism-k1.local");
		chip.turn(() => {
			throw new Error(`planted ${"x".repeat(200)}`);
		});
		ok(chip.ended.startsWith("restarts: planted"));
		const note = chip.preferences.get("system/abort") ?? "";
		ok(note.startsWith("unhandled exception planted") && note.length <= 80, note);
	});
});
