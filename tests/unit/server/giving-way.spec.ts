import { blockFor, placeFor } from "../../../modules/server/giving-way.js";
import { HttpHandler } from "../../../modules/server/http-handler.js";
import type { Place } from "../../../modules/server/place.js";
import { equal } from "../../support/assert.js";

const NOW = 100_000;

type What = "idle" | "asks" | "head" | "answer" | "lingers";

/** What is at a place, of which address, for how long, and how long its answer has stood still, ms. */
type Row = readonly [what: What, address: string, age: number, still?: number];

function place([what, address, age, still = 0]: Row, serial: number): Place {
	const newcomer = { asking: what === "asks" };
	const lingering = {};
	const http: object = Object.create(HttpHandler.prototype, {
		waitsForHead: { value: what === "head" },
		unsent: { value: true },
	});
	const handler = what === "lingers" ? lingering : what === "idle" || what === "asks" ? newcomer : http;
	const since = NOW - age;
	const connection = { open: true, queued: false, handler, address, serial, since, moved: NOW - still };
	return { connection, newcomer, lingering } as Place;
}

function numberOf(places: readonly Place[], found: Place | undefined): number {
	return found === undefined ? -1 : places.indexOf(found);
}

// The places from the oldest to the newest, and which gives way: -1 for none.
const PLACES: readonly (readonly [what: string, rows: readonly Row[], expected: number])[] = [
	[
		"after the last answer, before all others",
		[
			["idle", "b", 900],
			["lingers", "c", 1],
		],
		1,
	],
	[
		"after 0.8 s without a request",
		[
			["idle", "b", 799],
			["idle", "a", 800],
		],
		1,
	],
	[
		"after 0.8 s of a head",
		[
			["idle", "b", 799],
			["head", "a", 800],
		],
		1,
	],
	[
		"not while a request waits, or is answered",
		[
			["asks", "b", 9000],
			["answer", "c", 9000],
			["idle", "a", 800],
		],
		2,
	],
	[
		"the oldest, where nobody has had that time",
		[
			["idle", "b", 60],
			["idle", "c", 70],
		],
		0,
	],
	[
		"of the address that has most, after its greeting",
		[
			["idle", "b", 60],
			["idle", "a", 49],
			["idle", "a", 50],
		],
		2,
	],
	[
		"with a head of that address, where all have just come",
		[
			["idle", "a", 10],
			["head", "a", 10],
		],
		1,
	],
	[
		"with nothing, if it has most and has just come",
		[
			["idle", "b", 10],
			["idle", "a", 10],
			["idle", "a", 9],
		],
		1,
	],
	[
		"of one address, whatever others have answered",
		[
			["answer", "a", 9],
			["answer", "a", 9],
			["idle", "b", 60],
		],
		2,
	],
	[
		"with a request that waits, if its address has most",
		[
			["asks", "b", 9],
			["asks", "a", 9],
			["asks", "a", 8],
		],
		1,
	],
	[
		"nobody, where all are served",
		[
			["answer", "a", 9000],
			["answer", "b", 9000],
		],
		-1,
	],
];

// The same for blocks: who had their time is ended for the address that waits.
const BLOCKS: readonly (readonly [what: string, rows: readonly Row[], next: string, expected: number])[] = [
	[
		"with an answer that stands still, 0.8 s",
		[
			["answer", "b", 900, 799],
			["answer", "c", 900, 800],
		],
		"x",
		1,
	],
	[
		"of the address that has most, first",
		[
			["answer", "b", 900, 900],
			["answer", "a", 500, 400],
			["answer", "a", 9],
		],
		"x",
		1,
	],
	[
		"of that address, not sooner",
		[
			["answer", "a", 500, 399],
			["answer", "a", 9],
		],
		"x",
		-1,
	],
	[
		"with a head, 0.8 s",
		[
			["head", "b", 799],
			["head", "c", 800],
		],
		"x",
		1,
	],
	[
		"with a head of that address",
		[
			["head", "a", 399],
			["head", "a", 400],
			["head", "c", 799],
		],
		"x",
		1,
	],
	[
		"with an answer of 30 s",
		[
			["answer", "b", 29_999],
			["answer", "c", 30_000],
		],
		"x",
		1,
	],
	[
		"the newest, if one address has all",
		[
			["answer", "a", 900],
			["answer", "a", 800],
			["answer", "a", 799],
		],
		"x",
		1,
	],
	[
		"nobody, if that address is the one that waits",
		[
			["answer", "a", 900],
			["answer", "a", 800],
			["answer", "a", 799],
		],
		"a",
		-1,
	],
	[
		"nobody, if it has two of three",
		[
			["answer", "a", 900],
			["answer", "a", 800],
			["idle", "c", 9000],
		],
		"x",
		-1,
	],
	[
		"no matter who only stays",
		[
			["idle", "a", 9],
			["idle", "a", 9],
			["answer", "b", 900, 400],
			["answer", "b", 9],
		],
		"x",
		2,
	],
];

describe("who gives way", () => {
	for (const [what, rows, expected] of PLACES) {
		it(`where places are short: ${what}`, () => {
			const places = rows.map(place);
			equal(numberOf(places, placeFor(places, NOW)), expected);
		});
	}

	for (const [what, rows, next, expected] of BLOCKS) {
		it(`where blocks are short: ${what}`, () => {
			const places = rows.map(place);
			equal(numberOf(places, blockFor(places, NOW, 400, next)), expected);
		});
	}
});
