import { checkRows, type Row } from "../../support/frame-table.js";

const LENGTHS: readonly Row[] = [
	["an empty binary message", "82 80 m", "82 00", 0],
	["an empty text message", "81 80 m", "81 00", 0],
	["one byte", "82 81 m 01", "82 01 01", 0],
	["two characters", "81 82 m 4869", "81 02 4869", 0],
	["a mask, RFC 6455's Hello", "81 85 37fa213d 7f9f4d5158", "81 05 48656c6c6f", 0],
	["a mask of ones", "82 84 ffffffff 00010203", "82 04 fffefdfc", 0],
	["two masks in two messages", "82 81 01000000 01 82 81 00010000 01", "82 01 00 82 01 01", 0],
	["two messages", "82 81 m aa 81 81 m 62", "82 01 aa 81 01 62", 0],
	["125 bytes, the most of a 7-bit length", "82 fd m aa*125", "82 7d aa*125", 0],
	["126 bytes, the least of a 16-bit length", "82 fe 007e m aa*126", "82 7e 007e aa*126", 0],
	["127 bytes", "82 fe 007f m aa*127", "82 7e 007f aa*127", 0],
	["255 bytes", "82 fe 00ff m aa*255", "82 7e 00ff aa*255", 0],
	["256 characters", "81 fe 0100 m 61*256", "81 7e 0100 61*256", 0],
	["the header of 65,535 bytes, the most of a 16-bit length", "82 fe ffff m", "", 0],
	["the header of 65,536 bytes, the least of a 64-bit length", "82 ff 0000000000010000 m", "", 0],
	["the header of 2^31 bytes", "82 ff 0000000080000000 m", "", 0],
	["the header of 2^32 bytes", "82 ff 0000000100000000 m", "", 0],
	["the header of 2^53 bytes", "82 ff 0020000000000000 m", "", 0],
	["the header of 2^63 - 1 bytes, the most of all", "82 ff 7fffffffffffffff m", "", 0],
	["half a header", "82", "", 0],
	["a header without the last byte of its mask", "82 81 000000", "", 0],
];

const LIMITS: readonly Row[] = [
	["a message as long as may be", "82 88 m 0102030405060708", "82 08 0102030405060708", 0, 8],
	["one byte more", "82 89 m", "88 02 03f1", 1009, 8],
	["125 bytes more, with them", "82 fe 0085 m aa*133", "88 02 03f1", 1009, 8],
	["65,536 bytes where 65,535 may be", "82 ff 0000000000010000 m", "88 02 03f1", 1009, 65535],
	["2^32 bytes", "82 ff 0000000100000000 m", "88 02 03f1", 1009, 65535],
	["2^63 - 1 bytes", "81 ff 7fffffffffffffff m", "88 02 03f1", 1009, 65535],
	["a last fragment that is one byte too much", "02 84 m 01020304 80 85 m", "88 02 03f1", 1009, 8],
	["fragments that come to as much as may be", "02 84 m 01020304 80 84 m 05060708", "82 08 0102030405060708", 0, 8],
];

/** RFC 6455, 5.2: the minimal number of bytes must be used, and the highest bit must be 0. */
const NOT_MINIMAL: readonly Row[] = [
	["16 bits for 0", "82 fe 0000 m", "88 02 03ea", 1002],
	["16 bits for 1", "82 fe 0001 m", "88 02 03ea", 1002],
	["16 bits for 124", "82 fe 007c m", "88 02 03ea", 1002],
	["16 bits for 125", "82 fe 007d m", "88 02 03ea", 1002],
	["64 bits for 0", "82 ff 0000000000000000 m", "88 02 03ea", 1002],
	["64 bits for 1", "82 ff 0000000000000001 m", "88 02 03ea", 1002],
	["64 bits for 125", "82 ff 000000000000007d m", "88 02 03ea", 1002],
	["64 bits for 126", "82 ff 000000000000007e m", "88 02 03ea", 1002],
	["64 bits for 127", "82 ff 000000000000007f m", "88 02 03ea", 1002],
	["64 bits for 32,767", "82 ff 0000000000007fff m", "88 02 03ea", 1002],
	["64 bits for 65,535", "82 ff 000000000000ffff m", "88 02 03ea", 1002],
	["16 bits for 125 in a text message", "81 fe 007d m", "88 02 03ea", 1002],
	["64 bits for 65,535 in a text message", "81 ff 000000000000ffff m", "88 02 03ea", 1002],
	["16 bits for 3 in a continuation", "02 80 m 80 fe 0003 m", "88 02 03ea", 1002],
	["64 bits for 126 in a continuation", "02 80 m 80 ff 000000000000007e m", "88 02 03ea", 1002],
	["64 bits with the highest set, and nothing else", "82 ff 8000000000000000 m", "88 02 03ea", 1002],
	["64 bits with the highest set", "82 ff 8000000000010000 m", "88 02 03ea", 1002],
	["64 bits, all of them ones", "82 ff ffffffffffffffff m", "88 02 03ea", 1002],
];

/** RFC 6455, 5.1: a server must close then, with 1002 as it may. */
const UNMASKED: readonly Row[] = [
	["a text message, empty", "81 00", "88 02 03ea", 1002],
	["a binary message, empty", "82 00", "88 02 03ea", 1002],
	["a close, empty", "88 00", "88 02 03ea", 1002],
	["a ping, empty", "89 00", "88 02 03ea", 1002],
	["a pong, empty", "8a 00", "88 02 03ea", 1002],
	["a continuation", "02 80 m 80 00", "88 02 03ea", 1002],
	["a binary message with a payload", "82 01 aa", "88 02 03ea", 1002],
	["a close with a code", "88 02 03e8", "88 02 03ea", 1002],
	["a 16-bit length", "82 7e 007e", "88 02 03ea", 1002],
	["a 64-bit length", "82 7f 0000000000010000", "88 02 03ea", 1002],
	["a second message", "82 81 m aa 82 01 bb", "82 01 aa 88 02 03ea", 1002],
];

describe("a length is taken (RFC 6455, 5.2)", () => checkRows(LENGTHS));

describe("a message has a limit", () => checkRows(LIMITS));

describe("a length in more bits than it takes is refused", () => checkRows(NOT_MINIMAL));

describe("a frame without a mask is refused", () => checkRows(UNMASKED));
