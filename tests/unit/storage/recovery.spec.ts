import { deepEqual, equal } from "../../support/assert.js";
import type { Torn } from "../../support/nor-flash.js";
import { mount, names, pattern, read, remove, rest, SECTOR, smallFlash, upload } from "../../support/store.js";

/** Bytes in a journal area of the small flash, as its layout comes out. */
function areaLength(): number {
	const { size } = smallFlash().status();
	return (size - mount(smallFlash()).sizeBytes) / 2;
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

	it("falls back on the older journal area when the newer one's snapshot is damaged", () => {
		const flash = smallFlash();
		let store = mount(flash);
		const area = areaLength();
		upload(store.writer(), "a", pattern(10, 1));
		upload(store.writer(), "b", pattern(10, 2));
		// A tail that is not blank makes the next change open the other area, while this one is still there.
		flash.corrupt(area - 1, 0);
		store = mount(flash);
		upload(store.writer(), "c", pattern(10, 3));
		deepEqual(names(mount(flash)), ["a", "b", "c"]);
		flash.corrupt(area + 40, 0);
		const again = mount(flash);
		deepEqual(names(again), ["a", "b"]);
		deepEqual(read(again, "b"), pattern(10, 2));
		upload(again.writer(), "d", pattern(10, 4));
		rest(again);
		deepEqual(names(mount(flash)), ["a", "b", "d"]);
		equal(flash.violation, "");
	});

	it("reads the records up to one that is damaged, and goes on behind a new snapshot", () => {
		const flash = smallFlash();
		const store = mount(flash);
		for (const name of ["a", "b", "c"]) upload(store.writer(), name, pattern(10, 1));
		// Header of 32 bytes, then records of 28 for one sector and a name of one byte.
		flash.corrupt(32 + 2 * 28 + 9, 0x55);
		const again = mount(flash);
		deepEqual(names(again), ["a", "b"]);
		upload(again.writer(), "d", pattern(10, 2));
		deepEqual(names(mount(flash)), ["a", "b", "d"]);
		equal(flash.violation, "");
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
