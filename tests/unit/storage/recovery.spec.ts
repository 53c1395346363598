import { Geometry } from "../../../modules/storage/geometry.js";
import { JournalRecord } from "../../../modules/storage/record.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import type { NorFlash, Torn } from "../../support/nor-flash.js";
import {
	hasSectors,
	mount,
	names,
	pattern,
	read,
	remove,
	rest,
	SECTOR,
	smallFlash,
	upload,
	uploadSectors,
} from "../../support/store.js";

/** Where the first record after an empty snapshot is: behind headers, marks, ERASE, LEASE and the wear of 46 sectors. */
const RECORDS = 96 + 20 + 32 + 64;

/** Bytes in a journal area of the small flash, as its layout comes out. */
function areaLength(): number {
	const { size } = smallFlash().status();
	return (size - mount(smallFlash()).sizeBytes) / 2;
}

/** Where the next record goes in area 0 of a store that was not started since that was opened. */
function endOf(flash: NorFlash): number {
	const bytes = new Uint8Array(7);
	let at = 96;
	for (flash.read(bytes, at); bytes[4] !== 0xff; flash.read(bytes, at)) at += bytes[6];
	return at;
}

function filled(value: (index: number) => number): ReturnType<typeof smallFlash> {
	const flash = smallFlash(36);
	for (let i = 0; i < flash.status().size; i++) flash.corrupt(i, value(i) & 0xff);
	return flash;
}

describe("pattern store: recovery", () => {
	it("keeps the old version or the new one, whole, when a replacement is cut at any operation", () => {
		const origin = smallFlash();
		upload(mount(origin).writer(), "other", pattern(700, 3));
		upload(mount(origin).writer(), "p", pattern(900, 1));
		for (const torn of ["none", "half", "almost", "noise"] as Torn[]) {
			let seen = 0;
			for (let cut = 1; seen < 2; cut++) {
				const flash = origin.clone();
				flash.cutAt(cut, torn);
				try {
					const store = mount(flash);
					upload(store.writer(), "p", pattern(900, 2), 400);
					rest(store);
				} catch (error) {
					if (!flash.off) throw error;
				}
				const over = !flash.off;
				flash.powerOn();
				const store = mount(flash);
				const bytes = read(store, "p")!;
				const isNew = bytes[0] === pattern(1, 2)[0];
				deepEqual(bytes, pattern(900, isNew ? 2 : 1));
				deepEqual(read(store, "other"), pattern(700, 3));
				equal(store.usedBytes, 4 * SECTOR);
				rest(store);
				upload(store.writer(), "p", pattern(901, 4));
				deepEqual(read(mount(flash), "p"), pattern(901, 4));
				equal(flash.violation, "");
				if (over) seen = 2;
			}
		}
	});

	it("starts empty on a flash full of anything, and can use all of it", () => {
		for (const value of [() => 0, (i: number) => i * 37, (i: number) => (i * 2654435761) >>> 13]) {
			const flash = filled(value);
			const store = mount(flash);
			equal(store.count, 0);
			upload(store.writer(), "p", pattern(store.sizeBytes, 1));
			deepEqual(read(mount(flash), "p"), pattern(store.sizeBytes, 1));
			equal(flash.violation, "");
		}
	});

	it("loses one pattern to a damaged record in the middle, says which, and keeps what came before and after", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const names3 = ["a", "b", "c", "d"];
		names3.forEach((name, i) => {
			upload(store.writer(), name, pattern(600, i));
		});
		deepEqual(store.lost, []);
		// Behind headers, marks and the wear: records of 32 bytes for two sectors and a name of one byte.
		for (const [at, name] of [
			[9, "b"],
			[6, "b"],
			[7, "b"],
			[25, "b"],
			[28, "T"],
		] as const) {
			const victim = flash.clone();
			const view = new Uint8Array(1);
			victim.read(view, RECORDS + 32 + at);
			victim.corrupt(RECORDS + 32 + at, at === 28 ? 0x54 : view[0] ^ 0x10);
			const again = mount(victim);
			deepEqual(names(again), ["a", "c", "d"]);
			deepEqual(again.lost, [name]);
			deepEqual(read(again, "d"), pattern(600, 3));
			upload(again.writer(), "e", pattern(10, 2));
			const third = mount(victim);
			deepEqual(names(third), ["a", "c", "d", "e"]);
			deepEqual(third.lost, []);
			equal(victim.violation, "");
		}
	});

	it("loses one pattern to a damaged record in the snapshot", () => {
		const flash = smallFlash();
		let store = mount(flash);
		const area = areaLength();
		for (const name of ["a", "b", "c"]) upload(store.writer(), name, pattern(600, 1));
		// A tail that is not blank makes the next change open the other area.
		flash.corrupt(area - 1, 0);
		store = mount(flash);
		upload(store.writer(), "d", pattern(10, 3));
		deepEqual(names(mount(flash)), ["a", "b", "c", "d"]);
		for (const [index, name] of ["a", "b", "c"].entries()) {
			for (const [at, value, lost] of [
				[20, 0x55, name],
				// As the place of a record that was given up; but there is none in a snapshot.
				[4, 0x00, "?"],
			] as const) {
				const victim = flash.clone();
				victim.corrupt(area + RECORDS + 32 * index + at, value);
				const again = mount(victim);
				deepEqual(
					names(again),
					["a", "b", "c", "d"].filter((other) => other !== name),
				);
				deepEqual(again.lost, [lost]);
			}
		}
	});

	it("says so when the last record is damaged, but not when it was never whole", () => {
		const flash = smallFlash();
		const store = mount(flash);
		for (const name of ["a", "b"]) upload(store.writer(), name, pattern(600, 1));
		const torn = flash.clone();
		flash.corrupt(RECORDS + 32 + 20, 0x55);
		deepEqual(mount(flash).lost, ["b"]);
		deepEqual(names(mount(flash)), ["a"]);
		torn.corrupt(RECORDS + 32 + 20, 0x55);
		torn.corrupt(RECORDS + 32 + 31, 0xff);
		deepEqual(mount(torn).lost, []);
		deepEqual(names(mount(torn)), ["a"]);
	});

	it("takes a record only with the sequence number that is due", () => {
		const flash = smallFlash();
		for (const name of ["a", "b"]) upload(mount(flash).writer(), name, pattern(10, 1));
		// The first start's records, then a place given up and the second start's: a lease, and b with number 3.
		const geometry = new Geometry(flash);
		const bytes = new Uint8Array(28);
		let tail = RECORDS;
		for (let at = RECORDS; at < RECORDS + 1000; at += 4) {
			flash.read(bytes, at);
			if (bytes[4] === 0x50 && bytes[6] === 28) tail = at + 28;
		}
		for (const [sequence, taken] of [
			[2, false],
			[3, false],
			[4, true],
			[5, false],
			[9, false],
		] as const) {
			const victim = flash.clone();
			const record = new JournalRecord(geometry);
			const length = record.encodeDelete(1, sequence, 1);
			for (let i = 0; i < length - 1; i++) victim.corrupt(tail + i, record.bytes[i]);
			victim.corrupt(tail + length - 1, 0);
			deepEqual(names(mount(victim)), taken ? ["b"] : ["a", "b"]);
		}
	});

	it("takes, behind a damaged record, only numbers that those in its place may have had", () => {
		const flash = smallFlash(40);
		const writer = mount(flash).writer();
		for (const name of ["a", "b", "c"]) upload(writer, name, pattern(10, 1));
		// Three records of 28 bytes.
		const first = endOf(flash) - 84;
		const record = new JournalRecord(new Geometry(flash));
		const append = (victim: NorFlash, at: number, sequence: number, target: number): void => {
			const length = record.encodeDelete(1, sequence, target);
			for (let i = 0; i < length - 1; i++) victim.corrupt(at + i, record.bytes[i]);
			victim.corrupt(at + length - 1, 0);
		};
		// In 28 bytes there was one record, or none; and behind a whole one the next number is due.
		for (const [damaged, sequence, target, left] of [
			[2, 3, 2, "a"],
			[2, 4, 2, "a"],
			[2, 5, 2, "a,b"],
			[1, 4, 1, "c"],
			[1, 5, 1, "a,c"],
		] as const) {
			const victim = flash.clone();
			victim.corrupt(first + 28 * damaged + 20, 0x55);
			append(victim, first + 84, sequence, target);
			equal(names(mount(victim)).join(), left, `${damaged} damaged, then ${sequence}`);
		}
	});

	it("does not call a pattern lost that is back for the damaged record of its end", () => {
		const flash = smallFlash(40);
		const store = mount(flash);
		for (const name of ["a", "b"]) upload(store.writer(), name, pattern(10, 1));
		remove(store, "a");
		upload(store.writer(), "c", pattern(10, 2));
		// Behind "b", the end of "a": which pattern it names, its type, its mark.
		const end = endOf(flash) - 28 - 20;
		for (const [at, value] of [
			[12, 0x55],
			[0, 0x55],
			[18, 0x55],
		] as const) {
			const victim = flash.clone();
			victim.corrupt(end + at, value);
			const again = mount(victim);
			deepEqual(names(again), ["a", "b", "c"]);
			deepEqual(again.lost, []);
			deepEqual(read(again, "a"), pattern(10, 1));
		}
	});

	it("drops a pattern whose sector another was moved to, when the record of its end is damaged", () => {
		const flash = smallFlash(40);
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "old", pattern(10, 1));
		upload(writer, "still", pattern(600, 2));
		remove(store, "old");
		// What the mover does: the second sector's content goes to the free one, and a record says so.
		const dataStart = 40 - store.sizeBytes / SECTOR;
		const content = new Uint8Array(SECTOR);
		flash.read(content, (dataStart + 2) * SECTOR);
		for (let i = 0; i < SECTOR; i++) flash.corrupt(dataStart * SECTOR + i, content[i]);
		const end = endOf(flash);
		const record = new JournalRecord(new Geometry(flash));
		const move = (victim: NorFlash, sequence: number, index: number, sector: number): void => {
			const length = record.encodeMove(1, sequence, 2, index, sector);
			const at = endOf(victim);
			for (let i = 0; i < length - 1; i++) victim.corrupt(at + i, record.bytes[i]);
			victim.corrupt(at + length - 1, 0);
		};
		// A pattern cannot be moved to a sector that it has.
		const odd = flash.clone();
		move(odd, 4, 0, 2);
		deepEqual(read(mount(odd), "still"), pattern(600, 2));
		move(flash, 4, 1, 0);
		deepEqual(read(mount(flash), "still"), pattern(600, 2));
		flash.corrupt((dataStart + 2) * SECTOR, 0x00);
		flash.corrupt(end - 20 + 12, 0x55);
		const again = mount(flash);
		deepEqual(names(again), ["still"]);
		deepEqual(again.lost, ["old"]);
		deepEqual(read(again, "still"), pattern(600, 2));
		equal(again.usedBytes, 2 * SECTOR);
	});

	it("drops a pattern whose sectors went to a later one, when the record of its end is damaged", () => {
		const flash = smallFlash(40);
		const store = mount(flash);
		const { sizeBytes } = store;
		uploadSectors(store.writer(), "old", sizeBytes / SECTOR, 1);
		remove(store, "old");
		uploadSectors(store.writer(), "new", sizeBytes / SECTOR, 2);
		const old = (24 + 2 * (sizeBytes / SECTOR) + 3 + 4) & ~3;
		let leases = 0;
		const view = new Uint8Array(5);
		for (;;) {
			flash.read(view, RECORDS + leases * 32);
			if (view[4] !== 0x4c) break;
			leases++;
		}
		flash.corrupt(RECORDS + leases * 32 + old + 9, 0x55);
		const again = mount(flash);
		deepEqual(names(again), ["new"]);
		deepEqual(again.lost, ["old"]);
		ok(hasSectors(again, "new", sizeBytes / SECTOR, 2));
	});

	it("lives through any one bit of the open area that changes, and loses one pattern at most", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		for (const name of ["a", "b", "c", "d"]) upload(writer, name, pattern(600, 1));
		upload(writer, "b", pattern(20, 2));
		upload(writer, "e", pattern(20, 2));
		rest(store);
		const view = new Uint8Array(1);
		for (let at = 0; at < 600; at++) {
			for (const bit of [1, 0x40]) {
				const victim = flash.clone();
				victim.read(view, at);
				victim.corrupt(at, view[0] ^ bit);
				const again = mount(victim);
				const left = names(again).length;
				ok(left === 5 || (left === 4 && again.lost.length === 1), `byte ${at}: ${names(again)}, lost ${again.lost}`);
			}
		}
	});

	it("remembers deletions and replacements over many restarts", () => {
		const flash = smallFlash();
		const stored = new Map<string, number>();
		for (let round = 0; round < 30; round++) {
			const store = mount(flash);
			const name = `p${round % 4}`;
			upload(store.writer(), name, pattern(100 + round, round));
			stored.set(name, round);
			if (round % 3 === 2) {
				remove(store, name);
				stored.delete(name);
			}
			const again = mount(flash);
			deepEqual(names(again), Array.from(stored.keys()).sort());
			for (const [key, seed] of stored) deepEqual(read(again, key), pattern(100 + seed, seed));
		}
		equal(flash.violation, "");
	});
});
