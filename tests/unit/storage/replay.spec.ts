import { Partition } from "../../../modules/storage/partition.js";
import { Replay } from "../../../modules/storage/replay.js";
import { END } from "../../../modules/storage/sectors.js";
import { deepEqual, equal } from "../../support/assert.js";
import { Replayed } from "../../support/replayed.js";
import { ascii, smallFlash } from "../../support/store.js";

/** Bytes in an area of the small flash, and in its longest record. The second area is read: data sectors follow. */
const AREA = 4608;
const LONGEST = 188;
/** Where the first record is. */
const START = 96;
/** Sequence number up to which the snapshot goes. */
const SEQUENCE = 10;
/** Bytes of a PUT with a name of one byte, and of a DELETE. */
const PUT = 28;
const DELETE = 20;

/** An area whose snapshot has so many bytes. */
class Area {
	readonly flash = smallFlash();
	readonly replayed = new Replayed();

	constructor(snapshotLength = 0) {
		const { header } = this.replayed;
		header.generation = 1;
		header.sequence = SEQUENCE;
		header.snapshotLength = snapshotLength;
	}

	/** Writes bytes. */
	set(at: number, ...bytes: readonly number[]): this {
		bytes.forEach((byte, i) => {
			this.flash.corrupt(AREA + at + i, byte);
		});
		return this;
	}

	/** Writes a PUT of a name, in the sector of that number. */
	put(at: number, name: string, sector: number, sequence: number, mark = 0x00): this {
		const next = new Uint16Array(64).fill(END);
		const { record } = this.replayed;
		return this.#record(at, record.encodePut(1, sequence, ascii(name), 0, name.length, 9, 0, 0, sector, next), mark);
	}

	/** Writes a DELETE. */
	delete(at: number, target: number, sequence: number): this {
		return this.#record(at, this.replayed.record.encodeDelete(1, sequence, target), 0x00);
	}

	#record(at: number, length: number, mark: number): this {
		return this.set(at, ...this.replayed.record.bytes.subarray(0, length - 1), mark);
	}

	/** Reads it back, and tells what came of it. */
	read() {
		const { effects, header, lost, record } = this.replayed;
		const replay = new Replay(new Partition(this.flash), AREA, header, record, effects, lost);
		replay.run();
		const { appended, sequence, settled, tail, weakVoid, whole } = replay;
		return {
			stored: this.replayed.stored,
			lost: lost.names.join(),
			appended,
			sequence,
			settled,
			tail,
			weakVoid,
			whole,
		};
	}
}

type Outcome = ReturnType<Area["read"]>;

/** What comes of an area that holds nothing, but for these. */
function outcome(changes: Partial<Outcome>): Outcome {
	return {
		stored: "",
		lost: "",
		appended: false,
		sequence: SEQUENCE,
		settled: true,
		whole: true,
		tail: START,
		weakVoid: -1,
		...changes,
	};
}

const CASES: Readonly<Record<string, [() => Area, Partial<Outcome>]>> = {
	"nothing is as it was opened": [() => new Area(), {}],
	"a snapshot alone is settled": [() => new Area(PUT).put(START, "a", 3, 7), { stored: "a:3", tail: START + PUT }],
	"a record behind it has been appended, and is the last one": [
		() =>
			new Area(PUT)
				.put(START, "a", 3, 7)
				.put(START + PUT, "b", 4, 11)
				.delete(START + 2 * PUT, 7, 12),
		{ stored: "b:4", appended: true, sequence: 12, tail: START + 2 * PUT + DELETE },
	],
	"the last record counts without its mark, but then nothing is settled": [
		() => new Area(PUT).put(START, "a", 3, 7).put(START + PUT, "b", 4, 11, 0xff),
		{ stored: "a:3 b:4", appended: true, sequence: 11, tail: START + 2 * PUT, settled: false },
	],
	"only the last one's mark matters": [
		() => new Area().put(START, "a", 3, 11, 0xff).put(START + PUT, "b", 4, 12),
		{ stored: "a:3 b:4", appended: true, sequence: 12, tail: START + 2 * PUT },
	],
	"marks in the snapshot say nothing": [
		() => new Area(PUT).put(START, "a", 3, 7, 0xff),
		{ stored: "a:3", tail: START + PUT },
	],
	"a byte at the very end that is not blank unsettles": [() => new Area().set(AREA - 1, 0x7f), { settled: false }],
	"a byte behind the area does not": [() => new Area().set(AREA, 0), {}],
	"a snapshot that ends too early unsettles": [
		() => new Area(2 * PUT).put(START, "a", 3, 7),
		{ stored: "a:3", tail: START + 2 * PUT, lost: "?", settled: false, whole: false },
	],
	"a snapshot that ends where no record can unsettles": [() => new Area(30), { settled: false, whole: false }],
	"a record in the snapshot is none with a number that came later": [
		() => new Area(2 * PUT).put(START, "a", 3, 10).put(START + PUT, "b", 4, 11),
		{ stored: "a:3", tail: START + 2 * PUT, lost: "b", settled: false, whole: false },
	],
	"a record in the snapshot is none beyond its end": [
		() => new Area(PUT - 4).put(START, "a", 3, 7),
		{ tail: START + PUT - 4, settled: false, whole: false, lost: "a" },
	],
	"a record behind the snapshot is none with a number that is in it": [
		() => new Area(PUT).put(START, "a", 3, 7).put(START + PUT, "b", 4, 10),
		{ stored: "a:3", tail: START + PUT, settled: false, lost: "b" },
	],
	"a record that does not fit what is there unsettles": [
		() => new Area().delete(START, 5, 11),
		{ appended: true, sequence: 11, tail: START + DELETE, settled: false },
	],
	"a place that was given up is passed, and told where nothing follows": [
		() => new Area(PUT).put(START, "a", 3, 7).set(START + PUT + 4, 0x00),
		{ stored: "a:3", appended: true, tail: START + PUT + LONGEST, weakVoid: START + PUT },
	],
	"the last of two such places is told": [
		() => new Area().set(START + 4, 0x00).set(START + LONGEST + 4, 0x00),
		{ appended: true, tail: START + 2 * LONGEST, weakVoid: START + LONGEST },
	],
	"a record behind such a place makes it firm": [
		() => new Area().set(START + 4, 0x00).put(START + LONGEST, "b", 4, 11),
		{ stored: "b:4", appended: true, sequence: 11, tail: START + LONGEST + PUT },
	],
	"in the snapshot there is no such place": [
		() =>
			new Area(2 * PUT)
				.put(START, "a", 3, 6)
				.put(START + PUT, "b", 4, 7)
				.set(START + 4, 0x00)
				.put(START + 2 * PUT, "c", 5, 11),
		{ stored: "b:4 c:5", lost: "?", appended: true, sequence: 11, tail: START + 3 * PUT, settled: false, whole: false },
	],
	"another byte in the place of a type is no such place": [() => new Area().set(START + 4, 0x01), { settled: false }],
	"such places may go up to the end, where nothing is settled to be appended": [
		() => {
			const area = new Area();
			for (let at = START; at < AREA; at += LONGEST) area.set(at + 4, 0x00);
			return area;
		},
		{ appended: true, tail: AREA, weakVoid: AREA - LONGEST },
	],
	"but not beyond": [
		() => {
			const area = new Area(DELETE).set(AREA - 4, 0xff);
			area.put(START + DELETE, "b", 4, 11);
			for (let at = START + DELETE + PUT; at < AREA; at += LONGEST) area.set(at + 4, 0x00);
			// The snapshot's record is one that costs nothing.
			const { record } = area.replayed;
			const length = record.encodeErase(1, 10, 0, 0);
			return area.set(START, ...record.bytes.subarray(0, length - 1), 0);
		},
		{
			stored: "b:4",
			appended: true,
			sequence: 11,
			tail: START + DELETE + PUT + 23 * LONGEST,
			weakVoid: START + DELETE + PUT + 22 * LONGEST,
			settled: false,
		},
	],
	"behind a damaged record the next whole one counts, wherever blank flash lies between": [
		() => new Area().set(START + 4, 0x50).put(START + 8 + 512, "b", 4, 11),
		{ stored: "b:4", lost: "?", appended: true, sequence: 11, tail: START + 8 + 512 + PUT, settled: false },
	],
	"and right at the end of the area": [
		() =>
			new Area(PUT)
				.put(START, "a", 3, 7)
				.set(START + PUT, 0x00)
				.delete(AREA - DELETE, 7, 11),
		{ lost: "?", appended: true, sequence: 11, tail: AREA, settled: false },
	],
	"but none of which a part lies behind the area": [
		() => new Area().set(START, 0x00).put(AREA - DELETE, "b", 4, 11),
		{ settled: false },
	],
	"nor one whose number those in between cannot have come to": [
		() => new Area().set(START, 0x00).put(START + 40, "b", 4, 14),
		{ settled: false },
	],
	"a number that they can have come to is right": [
		() => new Area().set(START, 0x00).put(START + 40, "b", 4, 13),
		{ stored: "b:4", lost: "?", appended: true, sequence: 13, tail: START + 40 + PUT, settled: false },
	],
	"behind that again only the next one is": [
		() =>
			new Area()
				.set(START, 0x00)
				.put(START + 40, "b", 4, 12)
				.put(START + 40 + PUT, "c", 5, 14),
		{ stored: "b:4", lost: "?,c", appended: true, sequence: 12, tail: START + 40 + PUT, settled: false },
	],
	"what is left at the end was no record where its length is none": [
		() => new Area().set(START + 4, 0x50, 1, 16, 0).set(START + 15, 0x00),
		{ settled: false },
	],
	"nor where it has no mark": [() => new Area().set(START + 4, 0x50, 1, 20, 0), { settled: false }],
	"but one of twenty bytes with its mark was": [
		() => new Area().set(START + 4, 0x51, 1, 20, 0).set(START + 19, 0x00),
		{ settled: false, lost: "?" },
	],
};

/** The end of the area: a snapshot of deletions that fit nothing goes up to there. */
function upTo(end: number): Area {
	const area = new Area(end - START);
	const { record } = area.replayed;
	const length = record.encodeErase(1, 10, 0, 0);
	const bytes = Array.from(record.bytes.subarray(0, length));
	bytes[length - 1] = 0;
	let at = START;
	for (; (end - at) % DELETE !== 0; at += PUT) area.put(at, "a", 3, 7);
	for (; at < end; at += DELETE) area.set(at, ...bytes);
	return area;
}

describe("pattern store: reading an area back", () => {
	for (const [title, [make, expected]] of Object.entries(CASES)) {
		it(title, () => {
			deepEqual(make().read(), outcome(expected));
		});
	}

	it("finds a damaged record that ends with the area, and none that would end behind it", () => {
		for (const [length, lost] of [
			[20, "?"],
			[24, ""],
		] as const) {
			const end = AREA - DELETE;
			const area = upTo(end)
				.set(end + 4, 0x51, 1, length, 0)
				.set(end + length - 1, 0x00);
			deepEqual([area.read().lost, area.replayed.stored], [lost, "a:3"]);
		}
		// Where there is no room for the shortest one, there was none.
		const area = upTo(AREA - 16)
			.set(AREA - 12, 0x51, 1, 20, 0)
			.set(AREA + 3, 0x00);
		equal(area.read().lost, "");
	});

	it("says what the damaged record in the snapshot and the one behind it cost, each", () => {
		const area = new Area(100)
			.set(START + 4, 0x51)
			.set(START + 104, 0x51)
			.put(START + 804, "b", 4, 11);
		deepEqual(
			area.read(),
			outcome({
				stored: "b:4",
				lost: "?,?",
				appended: true,
				sequence: 11,
				settled: false,
				whole: false,
				tail: START + 804 + PUT,
			}),
		);
	});

	it("settles an area of format 1 without changes only by the mark of its header", () => {
		for (const [format, marked, settled] of [
			[1, true, true],
			[1, false, false],
			[2, false, true],
		] as const) {
			const area = new Area();
			area.replayed.header.format = format;
			area.replayed.header.marked = marked;
			deepEqual(area.read(), outcome({ settled, tail: format === 1 ? 32 : START }));
		}
	});
});
