import { isMarked } from "../../../modules/storage/area-marks.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { mount, names, pattern, rest, smallFlash, upload } from "../../support/store.js";

describe("pattern store: marks", () => {
	it("count by most of their bits, so that one that changes matters neither way", () => {
		ok(isMarked(0x00) && !isMarked(0xff));
		for (let bit = 0; bit < 8; bit++) {
			ok(isMarked(1 << bit), "a bit of a set mark is gone");
			ok(!isMarked(0xff ^ (1 << bit)), "a bit of an unset mark is programmed");
		}
		ok(isMarked(0x0f) && !isMarked(0x1f));
	});

	it("that are used up have the other area erased once it is needed, not at every start", () => {
		const flash = smallFlash();
		upload(mount(flash).writer(), "p", pattern(600, 1));
		for (let at = 65; at < 95; at++) flash.corrupt(at, 0);
		rest(mount(flash));
		const erases = flash.erases.slice();
		for (let i = 0; i < 5; i++) rest(mount(flash));
		deepEqual(flash.erases, erases);
	});

	it("that are used up leave the records behind them as they are", () => {
		const flash = smallFlash();
		upload(mount(flash).writer(), "p", pattern(600, 1));
		for (let at = 65; at < 96; at++) flash.corrupt(at, 0);
		const before = new Uint8Array(52);
		flash.read(before, 96);
		const header = new Uint8Array(1);
		const store = mount(flash);
		for (let i = 0; header[0] !== 0x4b; i++) {
			store.saveSettings(true, i & 0xff, 100, header, 0, 0);
			flash.read(header, 9 * 512);
		}
		const after = new Uint8Array(52);
		flash.read(after, 96);
		deepEqual(after, before);
	});

	it("may all be used up, and the store works as before", () => {
		const flash = smallFlash();
		upload(mount(flash).writer(), "p", pattern(600, 1));
		rest(mount(flash));
		// All but the last are set: what the other area holds is not to be believed.
		for (let at = 65; at < 95; at++) flash.corrupt(at, 0);
		for (let round = 0; round < 300; round++) {
			const store = mount(flash);
			upload(store.writer(), "q", pattern(10, round));
			if (round % 20 === 0) rest(store);
			deepEqual(names(mount(flash)), ["p", "q"]);
		}
		equal(flash.violation, "");
	});
});
