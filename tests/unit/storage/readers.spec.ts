import type { PatternStore } from "../../../modules/storage/pattern-store.js";
import type { Reader, Verdict } from "../../../modules/storage/reader.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { ascii, mount, names, pattern, read, remove, SECTOR, smallFlash, upload } from "../../support/store.js";

function open(store: PatternStore, name: string): Reader {
	const bytes = ascii(name);
	const reader = store.open(bytes, 0, bytes.length);
	ok(reader, "not opened");
	return reader;
}

function verify(reader: Reader): Verdict {
	let verdict = reader.verifyStep();
	while (verdict === "more") verdict = reader.verifyStep();
	return verdict;
}

/** The bytes that `block` gives at an offset. */
function at(reader: Reader, offset: number): Uint8Array {
	reader.block(offset);
	return reader.view.slice(reader.start, reader.end);
}

/** Damages the first byte with this content that the flash holds in a data sector. */
function damage(flash: ReturnType<typeof smallFlash>, bytes: Uint8Array): void {
	const { size } = flash.status();
	const sector = new Uint8Array(SECTOR);
	for (let offset = size - SECTOR; offset >= 0; offset -= SECTOR) {
		flash.read(sector, offset);
		if (bytes.subarray(0, 8).every((byte, i) => sector[i] === byte)) {
			flash.corrupt(offset + 3, sector[3] ^ 0x10);
			return;
		}
	}
	throw new Error("content not found");
}

describe("pattern store: readers", () => {
	it("give size, CRC-32, and the bytes at any offset to the end of their sector", () => {
		const store = mount(smallFlash());
		const bytes = pattern(3 * SECTOR + 10, 1);
		upload(store.writer(), "p", bytes);
		const reader = open(store, "p");
		equal(reader.size, bytes.length);
		deepEqual(at(reader, 0), bytes.slice(0, SECTOR));
		deepEqual(at(reader, 3 * SECTOR), bytes.slice(3 * SECTOR));
		deepEqual(at(reader, SECTOR + 5), bytes.slice(SECTOR + 5, 2 * SECTOR));
		deepEqual(at(reader, 3 * SECTOR + 9), bytes.slice(3 * SECTOR + 9));
		reader.close();
	});

	it("verify step by step, once since the start", () => {
		const store = mount(smallFlash());
		upload(store.writer(), "p", pattern(2 * SECTOR + 1, 1));
		const reader = open(store, "p");
		ok(!reader.verified);
		deepEqual([reader.verifyStep(), reader.verifyStep(), reader.verifyStep()], ["more", "more", "ok"] as Verdict[]);
		ok(reader.verified);
		reader.close();
		const again = open(store, "p");
		ok(again.verified);
		equal(again.verifyStep(), "ok");
		again.close();
		upload(store.writer(), "p", pattern(5, 2));
		ok(!open(store, "p").verified);
	});

	it("report a damaged pattern, and no other", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "a", pattern(700, 1));
		upload(writer, "b", pattern(700, 2));
		damage(flash, pattern(700, 1));
		equal(verify(open(store, "a")), "damaged");
		deepEqual(read(store, "b"), pattern(700, 2));
		const again = mount(flash);
		deepEqual(names(again), ["a", "b"]);
		equal(verify(open(again, "a")), "damaged");
		upload(again.writer(), "a", pattern(700, 3));
		deepEqual(read(again, "a"), pattern(700, 3));
	});

	it("say again that a pattern is damaged, when they are asked again", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "p", pattern(2 * SECTOR, 1));
		damage(flash, pattern(2 * SECTOR, 1));
		const reader = open(store, "p");
		for (let i = 0; i < 3; i++) equal(verify(reader), "damaged");
	});

	it("keep a replaced or deleted pattern's bytes until the last of them is closed", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		const bytes = pattern(2 * SECTOR, 1);
		upload(writer, "p", bytes);
		const one = open(store, "p");
		const two = open(store, "p");
		upload(writer, "p", pattern(SECTOR, 2));
		remove(store, "p");
		equal(store.count, 0);
		equal(store.usedBytes, 2 * SECTOR);
		// Everything else is taken and erased meanwhile.
		upload(writer, "big", pattern(store.sizeBytes - store.usedBytes, 3));
		one.close();
		equal(verify(two), "ok");
		deepEqual(at(two, SECTOR), bytes.slice(SECTOR));
		equal(store.usedBytes, store.sizeBytes);
		two.close();
		two.close();
		equal(store.usedBytes, store.sizeBytes - 2 * SECTOR);
		equal(flash.violation, "");
	});

	it("are six, and `open` says no when none is free", () => {
		const store = mount(smallFlash());
		upload(store.writer(), "p", pattern(5, 1));
		const readers = [1, 2, 3, 4, 5, 6].map(() => open(store, "p"));
		equal(store.open(ascii("p"), 0, 1), undefined);
		ok(store.has(ascii("p"), 0, 1));
		ok(!store.has(ascii("q"), 0, 1));
		readers[2].close();
		equal(open(store, "p"), readers[2]);
		equal(store.open(ascii("p"), 0, 1), undefined);
	});

	it("find sectors in the cache, which counts", () => {
		const store = mount(smallFlash());
		upload(store.writer(), "p", pattern(3 * SECTOR, 1));
		const reader = open(store, "p");
		for (const offset of [0, 10, SECTOR, 0, 2 * SECTOR, 0, SECTOR]) reader.block(offset);
		equal(store.cacheHits, 3);
		equal(store.cacheMisses, 4);
		equal(store.cacheBytes, 2 * SECTOR);
		reader.close();
		remove(store, "p");
		equal(store.cacheBytes, 0);
	});

	it("never find an old pattern's sectors in the cache", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		for (let round = 0; round < 6; round++) {
			const bytes = pattern(store.sizeBytes, round);
			upload(writer, "p", bytes);
			const reader = open(store, "p");
			deepEqual(at(reader, 0), bytes.slice(0, SECTOR));
			deepEqual(at(reader, 20 * SECTOR), bytes.slice(20 * SECTOR, 21 * SECTOR));
			reader.close();
			remove(store, "p");
		}
	});

	it("give no verdict to a pattern that has come to the place of theirs", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "p", pattern(2 * SECTOR, 1));
		const reader = open(store, "p");
		remove(store, "p");
		upload(writer, "q", pattern(2 * SECTOR, 2));
		damage(flash, pattern(2 * SECTOR, 2));
		equal(verify(reader), "ok");
		const other = open(store, "q");
		ok(!other.verified);
		equal(verify(other), "damaged");
	});
});
