import { checkRows, type Row } from "../../support/frame-table.js";

const TAKEN: readonly Row[] = [
	["two fragments", "02 81 m aa 80 81 m bb", "82 02 aabb", 0],
	["three fragments", "01 81 m 61 00 81 m 62 80 81 m 63", "81 03 616263", 0],
	[
		"eight fragments of a byte",
		"02 81 m 01 00 81 m 02 00 81 m 03 00 81 m 04 00 81 m 05 00 81 m 06 00 81 m 07 80 81 m 08",
		"82 08 0102030405060708",
		0,
	],
	["fragments with masks of their own", "02 82 01020304 0202 80 83 0a0b0c0d 0a0a0f", "82 05 0300000103", 0],
	["empty fragments", "02 80 m 00 80 m 80 80 m", "82 00", 0],
	[
		"ten empty fragments in the middle",
		"02 81 m aa 00 80 m 00 80 m 00 80 m 00 80 m 00 80 m 00 80 m 00 80 m 00 80 m 00 80 m 00 80 m 80 81 m bb",
		"82 02 aabb",
		0,
	],
	["an empty last fragment", "02 81 m aa 80 80 m", "82 01 aa", 0],
	["an empty first fragment", "02 80 m 80 81 m aa", "82 01 aa", 0],
	["an empty text message in two fragments", "01 80 m 80 80 m", "81 00", 0],
	["two messages in fragments", "02 81 m aa 80 81 m bb 01 81 m 63 80 81 m 64", "82 02 aabb 81 02 6364", 0],
	["a fragment of 126 bytes and one of 1", "02 fe 007e m aa*126 80 81 m bb", "82 7e 007f aa*126 bb", 0],
	["a message in fragments that is never ended", "02 81 m aa 00 81 m bb", "", 0],
];

/** RFC 6455, 5.4. */
const OUT_OF_ORDER: readonly Row[] = [
	["a continuation of nothing", "80 81 m aa", "88 02 03ea", 1002],
	["a continuation of nothing, empty", "80 80 m", "88 02 03ea", 1002],
	["a continuation of nothing that goes on", "00 81 m aa", "88 02 03ea", 1002],
	["a continuation after a whole message", "82 81 m aa 80 81 m bb", "82 01 aa 88 02 03ea", 1002],
	["a continuation after a message in fragments", "02 80 m 80 80 m 80 80 m", "82 00 88 02 03ea", 1002],
	["a continuation that goes on after a message in fragments", "02 80 m 80 80 m 00 80 m", "82 00 88 02 03ea", 1002],
	["a continuation after a pong", "8a 80 m 80 80 m", "88 02 03ea", 1002],
	["a binary message inside a binary one", "02 81 m aa 82 81 m bb", "88 02 03ea", 1002],
	["a text message inside a binary one", "02 81 m aa 81 81 m 62", "88 02 03ea", 1002],
	["a binary message inside a text one", "01 81 m 61 82 81 m bb", "88 02 03ea", 1002],
	["a text message inside a text one", "01 81 m 61 81 81 m 62", "88 02 03ea", 1002],
	["a first fragment inside a message", "02 81 m aa 02 81 m bb", "88 02 03ea", 1002],
	["a first fragment of text inside a message", "02 81 m aa 01 81 m 62", "88 02 03ea", 1002],
	["a message inside another after a continuation", "02 81 m aa 00 81 m bb 82 80 m", "88 02 03ea", 1002],
	["a message inside another after a ping", "02 81 m aa 89 80 m 82 80 m", "8a 00 88 02 03ea", 1002],
	["a message inside an empty one", "02 80 m 82 80 m", "88 02 03ea", 1002],
];

describe("fragments are one message (RFC 6455, 5.4)", () => checkRows(TAKEN));

describe("fragments out of order are refused", () => checkRows(OUT_OF_ORDER));
