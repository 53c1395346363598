import { NOT_STORED } from "../../../modules/core/errors.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { mount, names, pattern, read, refused, remove, rest, SECTOR, smallFlash, upload } from "../../support/store.js";

describe("pattern store: keeping patterns", () => {
	it("is empty on a new flash and writes nothing to it", () => {
		const flash = smallFlash();
		const store = mount(flash);
		equal(store.count, 0);
		equal(store.usedBytes, 0);
		equal(flash.operations, 0);
		equal(read(store, "wave"), undefined);
	});

	it("keeps patterns of any size, across restarts", () => {
		const flash = smallFlash();
		let store = mount(flash);
		const writer = store.writer();
		const sizes = [1, SECTOR - 1, SECTOR, SECTOR + 1, 3 * SECTOR + 7];
		sizes.forEach((size, i) => {
			upload(writer, `p${i}`, pattern(size, i));
		});
		for (let restart = 0; restart < 2; restart++) {
			equal(store.count, sizes.length);
			sizes.forEach((size, i) => {
				deepEqual(read(store, `p${i}`), pattern(size, i));
			});
			store = mount(flash);
		}
		equal(store.usedBytes, 9 * SECTOR);
		equal(flash.violation, "");
	});

	it("lists by name in byte order", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		for (const name of ["b", "a b", "B", "ab", "a", "Z9", "a.b"]) upload(writer, name, pattern(3, 1));
		deepEqual(names(store), ["B", "Z9", "a", "a b", "a.b", "ab", "b"]);
		deepEqual(names(mount(flash)), ["B", "Z9", "a", "a b", "a.b", "ab", "b"]);
	});

	it("writes size and CRC-32 of a pattern to the list, big-endian", () => {
		const store = mount(smallFlash());
		const digits = Uint8Array.from([0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39]);
		upload(store.writer(), "x", digits);
		const list = new Uint8Array(20);
		equal(store.writeList(list, 2), 13);
		deepEqual(Array.from(list.subarray(2, 13)), [1, 1, 0x78, 0, 0, 0, 9, 0xcb, 0xf4, 0x39, 0x26]);
	});

	it("replaces a pattern, and gives the old one's space back", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "wave", pattern(2000, 1));
		upload(writer, "wave", pattern(700, 2));
		equal(store.count, 1);
		equal(store.usedBytes, 2 * SECTOR);
		deepEqual(read(store, "wave"), pattern(700, 2));
		deepEqual(read(mount(flash), "wave"), pattern(700, 2));
	});

	it("deletes a pattern for good, and no other", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "wave", pattern(600, 1));
		upload(writer, "rain", pattern(600, 2));
		remove(store, "wave");
		deepEqual(names(store), ["rain"]);
		throws(() => remove(store, "wave"), refused(NOT_STORED));
		const again = mount(flash);
		deepEqual(names(again), ["rain"]);
		deepEqual(read(again, "rain"), pattern(600, 2));
		equal(again.usedBytes, 2 * SECTOR);
	});

	it("uses space over and over, with and without rests", () => {
		const flash = smallFlash();
		let store = mount(flash);
		for (let round = 0; round < 40; round++) {
			const writer = store.writer();
			upload(writer, "a", pattern(3000, round));
			if (round % 3 === 0) rest(store);
			upload(writer, "b", pattern(1500 + round, round + 100));
			if (round % 7 === 0) store = mount(flash);
			deepEqual(read(store, "a"), pattern(3000, round));
			if (round % 5 === 0) remove(store, "b");
		}
		equal(flash.violation, "");
		ok(flash.erases.some((count) => count > 1));
	});

	it("holds 64 patterns and finds each by name", () => {
		const flash = smallFlash(128);
		const store = mount(flash);
		const writer = store.writer();
		for (let i = 0; i < 64; i++) upload(writer, `p${(i * 37) % 64}`, pattern(5, i));
		equal(store.count, store.capacity);
		for (let i = 0; i < 64; i++) deepEqual(read(store, `p${(i * 37) % 64}`), pattern(5, i));
		equal(mount(flash).count, 64);
	});
});
