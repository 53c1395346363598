import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { save, settingsOf } from "../../support/saved-settings.js";
import { mount, pattern, read, refused, remove, rest, smallFlash, upload } from "../../support/store.js";

describe("pattern store: settings", () => {
	it("are those of a new K1 until some are saved", () => {
		const flash = smallFlash();
		equal(settingsOf(mount(flash)), "new on 255 100 ");
		equal(flash.operations, 0);
	});

	it("are kept across restarts, changes of areas and whatever becomes of the pattern", () => {
		const flash = smallFlash();
		let store = mount(flash);
		save(store, true, 200, 220, "wave");
		equal(settingsOf(store), "saved on 200 220 wave");
		upload(store.writer(), "wave", pattern(700, 1));
		for (let i = 0; i < 250; i++) {
			upload(store.writer(), "wave", pattern(10, i));
			if (i % 50 === 0) rest(store);
			if (i % 60 !== 0) continue;
			store = mount(flash);
			equal(settingsOf(store), "saved on 200 220 wave");
		}
		remove(store, "wave");
		equal(settingsOf(mount(flash)), "saved on 200 220 wave");
		equal(flash.violation, "");
	});

	it("keep the name before where the record of a new one is damaged, cost no pattern, and are saved again in full", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "wave", pattern(10, 1));
		save(store, true, 200, 220, "wave");
		save(store, true, 200, 220, "rain");
		save(store, true, 100, 220, "rain");
		// The two records of 24 bytes and 20 are the last ones.
		const view = new Uint8Array(12);
		let at = 96;
		for (flash.read(view, at); view[5] !== 4 || view[4] !== 0x53 || view[8] !== 3; flash.read(view, at)) at += view[6];
		flash.corrupt(at + 13, 0x55);
		const again = mount(flash);
		equal(settingsOf(again), "saved on 100 220 wave");
		equal(again.lost.length, 0);
		deepEqual(read(again, "wave"), pattern(10, 1));
		save(again, true, 100, 220, "rain");
		equal(settingsOf(mount(flash)), "saved on 100 220 rain");
	});

	it("are saved where one of them alone has changed, and not where none has", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const changes = [
			[true, 200, 220, "wave"],
			[false, 200, 220, "wave"],
			[false, 201, 220, "wave"],
			[false, 201, 221, "wave"],
			[false, 201, 221, "rain"],
		] as const;
		for (const [on, brightness, gamma, name] of changes) {
			save(store, on, brightness, gamma, name);
			const { operations } = flash;
			save(store, on, brightness, gamma, name);
			equal(flash.operations, operations);
			equal(settingsOf(mount(flash)), `saved ${on ? "on" : "off"} ${brightness} ${gamma} ${name}`);
		}
	});

	it("take any values, the longest name and none", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const long = "a much longer name, 32 bytes all";
		for (const [on, brightness, gamma, name] of [
			[false, 0, 100, ""],
			[true, 255, 400, long],
			[true, 254, 400, long],
			[false, 1, 65_535, "x"],
			[false, 2, 65_535, ""],
		] as const) {
			save(store, on, brightness, gamma, name);
			const expected = `saved ${on ? "on" : "off"} ${brightness} ${gamma} ${name}`;
			equal(settingsOf(store), expected);
			equal(settingsOf(mount(flash)), expected);
		}
	});

	it("are written only when something is different", () => {
		const flash = smallFlash();
		const store = mount(flash);
		// What a new K1 has is not saved yet, so the first time it is.
		save(store, true, 255, 100, "");
		const { operations } = flash;
		for (let i = 0; i < 5; i++) save(store, true, 255, 100, "");
		save(mount(flash), true, 255, 100, "");
		equal(flash.operations, operations);
		save(store, true, 255, 101, "");
		equal(flash.operations, operations + 2);
	});

	it("are as before when the flash refuses, and can be saved when it works again", () => {
		const flash = smallFlash();
		const store = mount(flash);
		save(store, true, 10, 100, "before");
		flash.failing = true;
		throws(() => save(store, false, 20, 220, "after"), refused(FLASH_FAILED));
		equal(settingsOf(store), "saved on 10 100 before");
		flash.failing = false;
		save(store, false, 20, 220, "after");
		equal(settingsOf(store), "saved off 20 220 after");
		equal(settingsOf(mount(flash)), "saved off 20 220 after");
		equal(flash.violation, "");
	});

	it("fall back on those before when their record is damaged, and no pattern is harmed", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "wave", pattern(700, 1));
		save(store, true, 10, 100, "wave");
		save(store, true, 20, 100, "wave");
		upload(store.writer(), "rain", pattern(700, 1));
		const record = new Uint8Array(20);
		for (let at = 96; ; at += 4) {
			flash.read(record, at);
			if (record[4] !== 0x53 || record[13] !== 20) continue;
			flash.corrupt(at + 13, 21);
			break;
		}
		const again = mount(flash);
		equal(settingsOf(again), "saved on 10 100 wave");
		equal(again.count, 2);
		deepEqual(again.lost, []);
	});
});
