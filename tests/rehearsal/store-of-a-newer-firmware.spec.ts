import { NewerFormatError } from "../../modules/storage/area-header.js";
import { equal, ok, throws } from "../support/assert.js";
import { mount, pattern, smallFlash, upload } from "../support/store.js";
import { K1 } from "./k1.js";

describe("A K1 whose patterns a newer firmware has stored", () => {
	it("comes up, says so, and changes nothing", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		const flash = smallFlash();
		k1.chip.flash = flash;
		upload(mount(flash).writer(), "a", pattern(600, 1));
		for (const [at, byte] of [
			[4, 99],
			[5, 99 ^ 0xff],
			[36, 99],
			[37, 99 ^ 0xff],
		]) {
			flash.corrupt(at, byte);
		}
		throws(
			() => mount(flash),
			(error) => error instanceof NewerFormatError,
		);
		const { operations } = flash;
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		equal(k1.logged("store: the flash holds patterns in format 99"), 1);
		ok(
			k1
				.page("prism-k1.local", "/state")
				.includes('"problem":"it stores nothing: the flash holds patterns in format 99'),
		);
		k1.answersStatus("prism-k1.local");
		k1.run(60_000);
		equal(flash.operations, operations);
	});
});
