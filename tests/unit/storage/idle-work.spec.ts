import type { PatternStore } from "../../../modules/storage/pattern-store.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import type { NorFlash } from "../../support/nor-flash.js";
import {
	append,
	ascii,
	begin,
	hasSectors,
	mount,
	pattern,
	read,
	remove,
	rest,
	SECTOR,
	smallFlash,
	upload,
	uploadSectors,
} from "../../support/store.js";

/** Sum of the erases so far. */
function erases(flash: ReturnType<typeof smallFlash>): number {
	return flash.erases.reduce((sum, count) => sum + count, 0);
}

describe("pattern store: idle work", () => {
	it("finds out what is erased, and erases nothing on a new flash but the journal's two areas, once", () => {
		const flash = smallFlash();
		const store = mount(flash);
		equal(store.cleanBytes, 0);
		ok(rest(store) > 0);
		equal(store.cleanBytes, store.sizeBytes);
		const journal = flash.status().blocks - store.sizeBytes / SECTOR;
		ok(flash.erases.every((count, sector) => count === (sector < journal ? 1 : 0)));
		for (let i = 0; i < 3; i++) rest(mount(flash));
		equal(erases(flash), journal);
	});

	it("of the journal is done beside an upload, too, with a sector that is erased already, once half of the area is used", () => {
		/** Erases of the journal by an upload of so many sectors, with so many settings saved before. */
		const erased = (saves: number, sectors: number): number => {
			const flash = smallFlash();
			const store = mount(flash);
			rest(store);
			// Some 220 fill an area: the one before is the spare then, and has to be erased.
			for (let i = 0; i < 225 + saves; i++) store.saveSettings(true, i & 0xff, 100, new Uint8Array(0), 0, 0);
			const before = erases(flash);
			uploadSectors(store.writer(), "p", sectors, 1);
			return erases(flash) - before;
		};
		equal(erased(60, 6), 0);
		equal(erased(130, 1), 0);
		equal(erased(130, 6), 5);
	});

	it("writes nothing where nothing was to be done, at the next start either", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "p", pattern(700, 1));
		rest(store);
		const { operations } = flash;
		for (let i = 0; i < 3; i++) rest(mount(flash));
		equal(flash.operations, operations);
	});

	it("erases no data sector where it may not, and does the rest of the work all the same", () => {
		const flash = smallFlash();
		rest(mount(flash));
		const store = mount(flash);
		upload(store.writer(), "p", pattern(5 * SECTOR, 1));
		remove(store, "p");
		const before = erases(flash);
		for (let steps = 0; store.tidy(0); steps++) ok(steps < 100, "it comes to an end");
		equal(erases(flash), before);
		equal(store.cleanBytes, store.sizeBytes - 5 * SECTOR, "what is blank has been found out");
		rest(store);
		equal(erases(flash), before + 5);
	});

	it("erases each sector that was given back, once, one a step", () => {
		const flash = smallFlash();
		const store = mount(flash);
		rest(store);
		upload(store.writer(), "p", pattern(5 * SECTOR, 1));
		equal(store.cleanBytes, store.sizeBytes - 5 * SECTOR);
		remove(store, "p");
		equal(store.cleanBytes, store.sizeBytes - 5 * SECTOR);
		const before = erases(flash);
		for (let i = 0; store.tidy(); i++) ok(erases(flash) - before <= i + 1);
		equal(erases(flash) - before, 5);
		equal(store.cleanBytes, store.sizeBytes);
	});

	it("erases what an upload left behind before a restart, and what may have been, once", () => {
		const flash = smallFlash();
		const store = mount(flash);
		rest(store);
		const writer = store.writer();
		upload(writer, "kept", pattern(3 * SECTOR, 1));
		begin(writer, "lost");
		append(writer, pattern(2 * SECTOR + 1, 2));
		const before = erases(flash);
		const again = mount(flash);
		rest(again);
		// Those of the lease's sixteen sectors that are free, of which any may have been written to: the three that were, too.
		equal(erases(flash) - before, 13);
		for (let i = 0; i < 5; i++) rest(mount(flash));
		equal(erases(flash) - before, 13);
		equal(again.cleanBytes, again.sizeBytes - 3 * SECTOR);
		deepEqual(read(again, "kept"), pattern(3 * SECTOR, 1));
	});

	it("looks at eight sectors a step", () => {
		const flash = smallFlash();
		rest(mount(flash));
		const store = mount(flash);
		for (const looked of [8, 16, 24]) {
			ok(store.tidy());
			equal(store.cleanBytes, looked * SECTOR);
		}
	});

	it("does not tell the journal that nothing is left to erase while there is, though that may not be erased now", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "p", pattern(SECTOR, 1));
		remove(store, "p");
		let before = 0;
		do before = flash.operations;
		while (store.tidy(0));
		equal(flash.operations, before);
	});

	it("tries no more to erase anything once changing areas has failed three times, and says that there is no more to do", () => {
		const flash = smallFlash();
		flash.corrupt(flash.status().size - 1, 0);
		flash.refusing.add(0);
		const store = mount(flash);
		let calls = 0;
		const erase = flash.eraseBlock;
		flash.eraseBlock = (start: number, end: number): void => {
			calls++;
			erase.call(flash, start, end);
		};
		for (let i = 0; i < 20; i++) store.tidy();
		equal(store.cleanBytes, store.sizeBytes - SECTOR);
		calls = 0;
		for (let i = 0; i < 5; i++) equal(store.tidy(), false);
		equal(calls, 0);
	});

	it("leaves nothing to erase for the uploads that follow", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		for (let round = 0; round < 12; round++) {
			rest(store);
			const before = erases(flash);
			upload(writer, "p", pattern(9 * SECTOR, round));
			equal(erases(flash), before);
		}
	});

	it("changes journal areas before one is full, so that no commit has to", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		const bytes = pattern(10, 1);
		let leases = 0;
		for (let round = 0; round < 300; round++) {
			rest(store);
			const before = flash.operations;
			upload(writer, "p", bytes);
			// The data, the record and its mark; and before every sixteenth sector another record and its mark.
			const operations = flash.operations - before;
			if (operations === 5) leases++;
			else equal(operations, 3);
		}
		ok(leases >= 300 / 16 - 2 && leases <= 300 / 16 + 4, `${leases} leases`);
		equal(flash.violation, "");
		deepEqual(read(mount(flash), "p"), bytes);
	});

	describe("moving what lies still", () => {
		const STILL = pattern(6 * SECTOR + 1, 1);

		/** A store with a pattern that lies still, one beside it, and so much handed out that the first is due. */
		function due(): { flash: NorFlash; store: PatternStore } {
			const flash = smallFlash(44);
			const store = mount(flash);
			const writer = store.writer();
			upload(writer, "still", STILL);
			for (let taken = 0; taken < 8 * (store.sizeBytes / SECTOR); taken += 4) {
				upload(writer, "busy", pattern(4 * SECTOR, taken));
			}
			while (store.cleanBytes + store.usedBytes < store.sizeBytes) ok(store.tidy());
			return { flash, store };
		}

		it("lets every sector take its turn", () => {
			const flash = smallFlash();
			let store = mount(flash);
			let writer = store.writer();
			upload(writer, "still", STILL);
			const sectors = store.sizeBytes / SECTOR;
			for (let taken = 0; taken < 40 * sectors; taken += 4) {
				upload(writer, "busy", pattern(4 * SECTOR, taken));
				rest(store);
				if (taken % 400 !== 0) continue;
				store = mount(flash);
				writer = store.writer();
			}
			const data = flash.erases.subarray(flash.erases.length - sectors);
			const mean = data.reduce((sum, count) => sum + count, 0) / sectors;
			ok(Math.min(...data) > mean / 2, `some sector has been erased ${Math.min(...data)} times, the mean is ${mean}`);
			ok(Math.max(...data) < mean * 1.5, `some sector has been erased ${Math.max(...data)} times, the mean is ${mean}`);
			deepEqual(read(store, "still"), STILL);
			deepEqual(read(mount(flash), "still"), STILL);
			equal(store.usedBytes, 11 * SECTOR);
			equal(flash.violation, "");
		});

		it("copies one sector a step, and a restart between any two finds the pattern whole", () => {
			const { flash, store } = due();
			for (let step = 0; step < 12; step++) {
				const { operations } = flash;
				const more = store.tidy();
				ok(flash.operations - operations <= 7);
				equal(store.usedBytes, 11 * SECTOR);
				deepEqual(read(mount(flash), "still"), STILL);
				equal(mount(flash).usedBytes, 11 * SECTOR);
				if (!more) break;
			}
			deepEqual(read(store, "still"), STILL);
		});

		it("keeps nothing in the cache of a sector that has been freed", () => {
			const { store } = due();
			read(store, "busy");
			equal(store.cacheBytes, 2 * SECTOR);
			// The sector that moves is read through the cache; what its old place holds next is another's.
			ok(store.tidy());
			equal(store.cacheBytes, SECTOR);
		});

		it("waits while anybody uploads", () => {
			const { flash, store } = due();
			const writer = store.writer();
			begin(writer, "more");
			const { operations } = flash;
			for (let i = 0; i < 5; i++) ok(!store.tidy());
			equal(flash.operations, operations);
			writer.abort();
			ok(store.tidy());
			ok(flash.operations > operations);
		});

		it("leaves to uploads what is promised to them, and needs a single sector that is not", () => {
			const { store } = due();
			const writer = store.writer();
			const fill = store.sizeBytes / SECTOR - 12;
			uploadSectors(writer, "fill", fill, 3);
			equal(store.cleanBytes, SECTOR);
			for (let step = 0; step < 30; step++) store.tidy();
			equal(store.usedBytes, store.sizeBytes - SECTOR);
			upload(writer, "last", pattern(SECTOR, 4));
			equal(store.usedBytes, store.sizeBytes);
			deepEqual(read(store, "still"), STILL);
			ok(hasSectors(store, "fill", fill, 3));
		});

		it("goes on under a reader, who notices nothing", () => {
			for (const place of [0, 3]) {
				const { store } = due();
				const reader = store.open(ascii("still"), 0, 5)!;
				for (let round = 0; round < 30; round++) {
					for (let index = place; index < 7; index += 3) {
						reader.block(index * SECTOR);
						deepEqual(
							reader.view.slice(reader.start, reader.end),
							STILL.slice(index * SECTOR, Math.min((index + 1) * SECTOR, STILL.length)),
						);
						store.tidy();
					}
				}
				reader.close();
				rest(store);
				equal(store.usedBytes, 11 * SECTOR);
				deepEqual(read(store, "still"), STILL);
			}
		});

		it("goes on under a reader that has just read the sector which moves", () => {
			const { store } = due();
			const reader = store.open(ascii("still"), 0, 5)!;
			for (let index = 0; index < 7; index++) {
				reader.block(index * SECTOR);
				rest(store);
				// All that were freed have been erased; the cache must not hide it.
				read(store, "busy");
				reader.block(index * SECTOR);
				deepEqual(
					reader.view.slice(reader.start, reader.end),
					STILL.slice(index * SECTOR, Math.min((index + 1) * SECTOR, STILL.length)),
				);
				for (let taken = 0; taken < 8 * (store.sizeBytes / SECTOR); taken += 4) {
					upload(store.writer(), "busy", pattern(4 * SECTOR, taken));
				}
			}
		});

		it("stops when the pattern is deleted under a reader, and gives all its space back", () => {
			const { store } = due();
			const reader = store.open(ascii("still"), 0, 5)!;
			store.tidy();
			store.tidy();
			remove(store, "still");
			rest(store);
			equal(store.usedBytes, 11 * SECTOR);
			equal(reader.verifyStep(), "more");
			reader.close();
			rest(store);
			equal(store.usedBytes, 4 * SECTOR);
			equal(store.cleanBytes, store.sizeBytes - 4 * SECTOR);
		});

		it("does not take a copy that reads differently, and sets that sector aside", () => {
			const { flash, store } = due();
			const write = flash.write;
			let damaged = 0;
			flash.write = (view: Uint8Array, offset: number): void => {
				write.call(flash, view, offset);
				if (view.length === SECTOR && damaged++ === 0) flash.corrupt(offset + 7, view[7] ^ 1);
			};
			// The step that meets the failure ends the rest.
			rest(store);
			rest(store);
			ok(damaged > 1);
			equal(store.usedBytes, 12 * SECTOR);
			deepEqual(read(store, "still"), STILL);
			deepEqual(read(mount(flash), "still"), STILL);
		});

		it("does not hide that a pattern is damaged", () => {
			const { flash, store } = due();
			const sector = new Uint8Array(SECTOR);
			for (let at = flash.status().size - store.sizeBytes; ; at += SECTOR) {
				flash.read(sector, at);
				if (!sector.every((byte, i) => byte === STILL[i])) continue;
				flash.corrupt(at, sector[0] ^ 1);
				break;
			}
			rest(store);
			const reader = store.open(ascii("still"), 0, 5)!;
			let verdict = reader.verifyStep();
			while (verdict === "more") verdict = reader.verifyStep();
			equal(verdict, "damaged");
		});
	});
});
