import { equal, ok } from "../support/assert.js";
import type { NorFlash } from "../support/nor-flash.js";
import { mount, pattern, smallFlash, upload } from "../support/store.js";
import { K1 } from "./k1.js";

/** Fills a flash with patterns "p0", "p1" ...; returns how many fit. What it needs for that is gone when the K1 boots. */
function fill(flash: NorFlash): number {
	const store = mount(flash);
	const writer = store.writer();
	let stored = 0;
	for (; store.sizeBytes - store.usedBytes >= 700; stored++) upload(writer, `p${stored}`, pattern(700, stored));
	return stored;
}

describe("A K1 whose store is full", () => {
	it("comes up and serves its patterns", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		// So small that it fits into the heap beside the K1.
		k1.chip.flash = smallFlash(24);
		const stored = fill(k1.chip.flash);
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		ok(stored > 1);
		equal(k1.logged(`store: ${stored} patterns`), 1);
		ok(k1.page("prism-k1.local", "/patterns/p0").startsWith("HTTP/1.1 200 "));
		k1.answersStatus("prism-k1.local");
	});
});
