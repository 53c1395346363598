import fc from "fast-check";
import { crc32 } from "../../modules/bytes/bytes.js";
import { AreaHeader } from "../../modules/storage/area-header.js";
import { AREA_START, Geometry } from "../../modules/storage/geometry.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import type { NorFlash } from "../support/nor-flash.js";
import { mount, names, pattern, read, remove, rest, smallFlash, upload } from "../support/store.js";

const RUNS = process.env.K1_LONG ? 50_000 : 1500;

/** Whatever the flash holds: the store starts, shows the same twice, can be used, and all its space can be had. */
function worksOn(flash: NorFlash): void {
	const store = mount(flash);
	const found = names(store);
	deepEqual(names(mount(flash)), found);
	for (const name of found) readOrDamaged(store, name);
	if (found.length > 0) remove(store, found[0]);
	rest(store);
	equal(store.usedBytes + store.cleanBytes, store.sizeBytes);
	if (store.cleanBytes > 0 && store.count < store.capacity) {
		const bytes = pattern(Math.min(700, store.cleanBytes), 5);
		upload(store.writer(), "~", bytes);
		deepEqual(read(mount(flash), "~"), bytes);
	}
	equal(mount(flash).count, store.count);
	equal(flash.violation, "");
}

function readOrDamaged(store: ReturnType<typeof mount>, name: string): void {
	try {
		read(store, name);
	} catch (error) {
		ok((error as Error).message.endsWith("is damaged"), String(error));
	}
}

/** A flash with a few patterns and some history, and the length of its journal. */
function lived(): { flash: NorFlash; journal: number } {
	const flash = smallFlash();
	const store = mount(flash);
	const writer = store.writer();
	for (let i = 0; i < 110; i++) {
		upload(writer, `p${i % 5}`, pattern(1 + ((i * 97) % 1500), i));
		if (i % 9 === 0) remove(store, `p${i % 5}`);
	}
	return { flash, journal: flash.status().size - store.sizeBytes };
}

/** The record types that only have numbers, with any of them. */
interface Numbers {
	type: number;
	numbers: number[];
}

interface Put {
	name: Uint8Array;
	size: number;
	sectors: number[];
}

/** A record as docs/pattern-store.md has it, of generation 1, with a right length and CRC but any content. */
function recordBytes(entry: Put | Numbers, sequence: number): Uint8Array {
	const bytes = new Uint8Array(400).fill(0xff);
	const view = new DataView(bytes.buffer);
	view.setUint32(8, sequence, true);
	let end = 16;
	if ("type" in entry) {
		bytes[4] = entry.type;
		bytes[5] = entry.type === 0x53 ? entry.numbers[0] & 0xff : 0;
		for (const number of entry.numbers) {
			view.setUint16(end - 4, number, true);
			end += 2;
		}
		end -= 4;
	} else {
		bytes[4] = 0x50;
		bytes[5] = entry.name.length;
		view.setUint32(12, entry.size, true);
		view.setUint32(16, 0x12345678, true);
		view.setUint32(20, 7, true);
		entry.sectors.forEach((sector, i) => {
			view.setUint16(24 + 2 * i, sector, true);
		});
		bytes.set(entry.name, 24 + 2 * entry.sectors.length);
		end = 24 + 2 * entry.sectors.length + entry.name.length;
	}
	const length = (end + 4) & ~3;
	view.setUint16(6, length, true);
	bytes[length - 1] = 0;
	view.setUint32(0, crc32(1, bytes, 4, length - 1), true);
	return bytes.slice(0, length);
}

describe("pattern store: recovery from anything", function () {
	this.timeout(600_000);
	const { flash: origin, journal } = lived();

	it("works whatever bytes of the journal have changed", () => {
		const change = fc.record({ at: fc.nat({ max: journal - 1 }), value: fc.nat({ max: 255 }) });
		fc.assert(
			fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
				const flash = origin.clone();
				for (const { at, value } of changes) flash.corrupt(at, value);
				worksOn(flash);
			}),
			{ numRuns: RUNS },
		);
	});

	it("works on a flash that starts with any bytes", () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1, maxLength: 3000, size: "max" }),
				fc.nat({ max: journal }),
				(bytes, at) => {
					const flash = smallFlash();
					bytes.forEach((byte, i) => {
						flash.corrupt(at + i, byte);
					});
					worksOn(flash);
				},
			),
			{ numRuns: Math.ceil(RUNS / 3) },
		);
	});

	// Records whose CRC is right but whose content is not: what no bit error makes, but a bug or an enemy might.
	it("works on records with right CRCs and any content", () => {
		const put = fc.record({
			name: fc.uint8Array({ minLength: 0, maxLength: 40 }),
			size: fc.oneof(
				{ weight: 4, arbitrary: fc.constant(1) },
				{ weight: 1, arbitrary: fc.nat({ max: 3000 }) },
				fc.nat(),
			),
			sectors: fc.oneof(
				fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 1 }),
				fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
			),
			sequence: fc.oneof(fc.constant(-1), fc.nat({ max: 9 })),
		});
		const sequence = fc.oneof(fc.constant(-1), fc.nat({ max: 9 }));
		const small = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 9 }) }, fc.nat({ max: 70 }), fc.nat({ max: 0xffff }));
		// DELETE, MOVE, LEASE, ERASE, SETTINGS, WEAR, and one that does not exist.
		const numbers = fc.record({
			type: fc.constantFrom(0x44, 0x44, 0x4d, 0x4d, 0x4c, 0x45, 0x53, 0x57, 0x58),
			numbers: fc.oneof(
				fc.tuple(small, fc.constant(0)),
				fc.tuple(small, fc.constant(0), small),
				fc.tuple(small, fc.constant(0), small, small),
				// As long as a LEASE, and a WEAR.
				fc.tuple(small, fc.constant(0), small, small, small, small, small, small),
				fc.tuple(small, fc.array(small, { maxLength: 25 })).map(([first, wear]) => [first, 2 * wear.length, ...wear]),
				fc.array(small, { minLength: 2, maxLength: 30 }),
			),
			sequence,
		});
		// Of a pattern that is there, as a rule, and a sector of it that is.
		const move = fc.record({
			type: fc.constant(0x4d),
			numbers: fc.tuple(fc.nat({ max: 6 }), fc.constant(0), fc.nat({ max: 2 }), fc.oneof(fc.nat({ max: 60 }), small)),
			sequence: fc.constant(-1),
		});
		const snapshot = fc.oneof(fc.constant(0), fc.nat({ max: 5000 }));
		fc.assert(
			fc.property(
				fc.array(fc.oneof(put, put, numbers, move), { maxLength: 12 }),
				snapshot,
				(records, snapshotLength) => {
					const flash = smallFlash();
					const geometry = new Geometry(flash);
					let tail = AREA_START;
					records.forEach((entry, i) => {
						const bytes = recordBytes(entry, entry.sequence < 0 ? i + 1 : entry.sequence);
						bytes.forEach((byte, at) => {
							flash.corrupt(tail + at, byte);
						});
						tail += bytes.length;
					});
					const header = new AreaHeader(geometry);
					header.generation = 1;
					header.snapshotLength = snapshotLength;
					header.encode();
					header.bytes.forEach((byte, at) => {
						flash.corrupt(at, byte);
					});
					flash.corrupt(header.bytes.length, 0);
					worksOn(flash);
				},
			),
			{ numRuns: RUNS },
		);
	});
});
