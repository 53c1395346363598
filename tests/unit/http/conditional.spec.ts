import { etagOf, isMatch, isNoneMatch, rangeOf } from "../../../modules/http/conditional.js";
import { deepEqual, equal } from "../../support/assert.js";

const TAG = '"00c0ffee-10"';

/** Range of a content of 100 bytes, and the bytes that it stands for; undefined: the whole. 100 and up: none, a 416. */
const RANGES: [range: string, start: number | undefined, end?: number][] = [
	["bytes=0-0", 0, 1],
	["bytes=0-9", 0, 10],
	["bytes=10-", 10, 100],
	["bytes=99-", 99, 100],
	["bytes=50-1000", 50, 100],
	["bytes=-1", 99, 100],
	["bytes=-100", 0, 100],
	["bytes=-1000", 0, 100],
	["Bytes=0-9", 0, 10],
	["bytes=100-", 100, 100],
	["bytes=200-300", 200, 100],
	["bytes=-0", 100, 100],
	["bytes=0-999999999999999", 0, 100],
	[`bytes=0-${"9".repeat(16)}`, undefined],
	["bytes=9-0", undefined],
	["bytes=0-1,3-4", undefined],
	["bytes=", undefined],
	["bytes=-", undefined],
	["bytes=5", undefined],
	["bytes=a-b", undefined],
	["bytes=1-b", undefined],
	["bytes=--1", undefined],
	["bytes= 0-1", undefined],
	["bytes=+0-1", undefined],
	["bytes 0-1", undefined],
	["lines=0-1", undefined],
	["", undefined],
];

describe("an entity tag", () => {
	it("is made of the CRC and the size", () => equal(etagOf(0xc0ffee, 16), TAG));
	it("keeps a CRC's leading zeros apart from the size", () => equal(etagOf(0, 0), '"00000000-0"'));
});

describe("If-None-Match", () => {
	it("matches the tag, weak or strong, alone or in a list, and *", () => {
		for (const value of [TAG, `W/${TAG}`, `"a", ${TAG}`, `"a" ,W/${TAG},"b"`, "*"])
			equal(isNoneMatch(value, TAG), true);
	});
	it("does not match another tag, or when it is missing", () => {
		for (const value of ['"a"', "00c0ffee-10", '"00C0FFEE-10"', "", undefined]) equal(isNoneMatch(value, TAG), false);
	});
});

describe("If-Match", () => {
	it("matches the tag, alone or in a list, and *; a missing one matches all", () => {
		for (const value of [TAG, `"a", ${TAG}`, `${TAG} ,"b"`, "*", undefined]) equal(isMatch(value, TAG), true);
	});
	it("does not match another tag or a weak one", () => {
		for (const value of ['"a"', `W/${TAG}`, "", `"a", W/${TAG}`]) equal(isMatch(value, TAG), false);
	});
});

describe("Range", () => {
	for (const [range, start, end] of RANGES) {
		it(`"${range}" of 100 bytes`, () => {
			const expected = start === undefined ? undefined : { start, end };
			deepEqual(rangeOf(range, undefined, TAG, 100) as typeof expected, expected);
		});
	}

	it("is not looked at when it is missing", () => equal(rangeOf(undefined, undefined, TAG, 100), undefined));

	it("counts only for the content that If-Range names, by strong comparison", () => {
		deepEqual(rangeOf("bytes=0-9", TAG, TAG, 100), { start: 0, end: 10 });
		for (const other of ['"a"', `W/${TAG}`, "Wed, 21 Oct 2026 07:28:00 GMT", ""]) {
			equal(rangeOf("bytes=0-9", other, TAG, 100), undefined);
		}
	});
});
