import { checkRows, type Row } from "../../support/frame-table.js";

const TAKEN: readonly Row[] = [
	["a ping", "89 80 m", "8a 00", 0],
	["a ping with a payload", "89 82 m 7069", "8a 02 7069", 0],
	["a masked ping", "89 85 37fa213d 7f9f4d5158", "8a 05 48656c6c6f", 0],
	["a ping of bytes that are no text", "89 84 m 00ff80c3", "8a 04 00ff80c3", 0],
	["a ping of 124 bytes", "89 fc m aa*124", "8a 7c aa*124", 0],
	["a ping of 125 bytes, the most", "89 fd m aa*125", "8a 7d aa*125", 0],
	[
		"ten pings",
		"89 81 m 01 89 81 m 02 89 81 m 03 89 81 m 04 89 81 m 05 89 81 m 06 89 81 m 07 89 81 m 08 89 81 m 09 89 81 m 0a",
		"8a 01 01 8a 01 02 8a 01 03 8a 01 04 8a 01 05 8a 01 06 8a 01 07 8a 01 08 8a 01 09 8a 01 0a",
		0,
	],
	["pings of the most bytes, one after the other", "89 fd m aa*125 89 fd m bb*125", "8a 7d aa*125 8a 7d bb*125", 0],
	["a ping inside a message", "02 81 m aa 89 81 m 70 80 81 m bb", "8a 01 70 82 02 aabb", 0],
	[
		"pings before, between and after fragments",
		"89 81 m 01 02 81 m aa 89 81 m 02 00 81 m bb 89 81 m 03 80 81 m cc 89 81 m 04",
		"8a 01 01 8a 01 02 8a 01 03 82 03 aabbcc 8a 01 04",
		0,
	],
	["a ping inside a character", "01 81 m c3 89 80 m 80 81 m bc", "8a 00 81 02 c3bc", 0],
	["a ping before a close", "89 81 m 70 88 82 m 03e8", "8a 01 70 88 02 03e8", 1000],
	["a pong, unasked for", "8a 80 m", "", 0],
	["a pong of 125 bytes", "8a fd m aa*125", "", 0],
	["a pong inside a message", "02 81 m aa 8a 82 m 7070 80 80 m", "82 01 aa", 0],
	["ten pongs", "8a 80 m 8a 80 m 8a 80 m 8a 80 m 8a 80 m 8a 80 m 8a 80 m 8a 80 m 8a 80 m 8a 80 m", "", 0],
	["half a ping", "89 82 m 70", "", 0],
];

/** RFC 6455, 5.5. */
const REFUSED: readonly Row[] = [
	["a ping of 126 bytes", "89 fe 007e m", "88 02 03ea", 1002],
	["a ping with a 16-bit length of 2", "89 fe 0002 m", "88 02 03ea", 1002],
	["a ping with a 64-bit length", "89 ff 0000000000010000 m", "88 02 03ea", 1002],
	["a ping with a 64-bit length of 2", "89 ff 0000000000000002 m", "88 02 03ea", 1002],
	["a ping as a first fragment", "09 82 m 03e8", "88 02 03ea", 1002],
	["a ping as a first fragment, empty", "09 80 m", "88 02 03ea", 1002],
	["a ping as a first fragment inside a message", "02 81 m aa 09 80 m", "88 02 03ea", 1002],
	["a pong of 126 bytes", "8a fe 007e m", "88 02 03ea", 1002],
	["a pong with a 16-bit length of 2", "8a fe 0002 m", "88 02 03ea", 1002],
	["a pong with a 64-bit length", "8a ff 0000000000010000 m", "88 02 03ea", 1002],
	["a pong with a 64-bit length of 2", "8a ff 0000000000000002 m", "88 02 03ea", 1002],
	["a pong as a first fragment", "0a 82 m 03e8", "88 02 03ea", 1002],
	["a pong as a first fragment, empty", "0a 80 m", "88 02 03ea", 1002],
	["a pong as a first fragment inside a message", "02 81 m aa 0a 80 m", "88 02 03ea", 1002],
	["a close of 126 bytes", "88 fe 007e m", "88 02 03ea", 1002],
	["a close with a 16-bit length of 2", "88 fe 0002 m", "88 02 03ea", 1002],
	["a close with a 64-bit length", "88 ff 0000000000010000 m", "88 02 03ea", 1002],
	["a close with a 64-bit length of 2", "88 ff 0000000000000002 m", "88 02 03ea", 1002],
	["a close as a first fragment", "08 82 m 03e8", "88 02 03ea", 1002],
	["a close as a first fragment, empty", "08 80 m", "88 02 03ea", 1002],
	["a close as a first fragment inside a message", "02 81 m aa 08 80 m", "88 02 03ea", 1002],
	["a continuation of a ping", "89 80 m 80 80 m", "8a 00 88 02 03ea", 1002],
];

describe("pings are answered, pongs are not (RFC 6455, 5.5.2, 5.5.3)", () => checkRows(TAKEN));

describe("a control frame in fragments or over 125 bytes is refused", () => checkRows(REFUSED));
