import { deepEqual, equal } from "../../support/assert.js";
import { wire } from "../../support/client-frames.js";
import { EchoEndpoint } from "../../support/echo-endpoint.js";
import { hex } from "../../support/hex.js";

/** What a client sends, and what an echo server answers: name, sent, answered. `m` is a masking key of zeros. */
type Row = [name: string, sent: string, answered: string];

const ACCEPTED: Row[] = [
	["an empty binary message", "82 80 m", "82 00"],
	["an empty text message", "81 80 m", "81 00"],
	["a binary message", "82 83 m 010203", "82 03 010203"],
	["a text message", "81 82 m 4869", "81 02 4869"],
	["a mask, RFC 6455's Hello", "81 85 37fa213d 7f9f4d5158", "81 05 48656c6c6f"],
	["two messages", "82 81 m aa 81 81 m 62", "82 01 aa 81 01 62"],
	["two fragments", "02 81 m aa 80 81 m bb", "82 02 aabb"],
	["three fragments", "01 81 m 61 00 81 m 62 80 81 m 63", "81 03 616263"],
	["fragments with masks of their own", "02 82 01020304 0202 80 83 0a0b0c0d 0a0a0f", "82 05 0300000103"],
	["empty fragments", "02 80 m 00 80 m 80 80 m", "82 00"],
	["an empty last fragment", "02 81 m aa 80 80 m", "82 01 aa"],
	["an empty first fragment", "02 80 m 80 81 m aa", "82 01 aa"],
	["a ping", "89 80 m", "8a 00"],
	["a ping with a payload", "89 82 m 7069", "8a 02 7069"],
	["a masked ping", "89 85 37fa213d 7f9f4d5158", "8a 05 48656c6c6f"],
	["a ping inside a message", "02 81 m aa 89 81 m 70 80 81 m bb", "8a 01 70 82 02 aabb"],
	["many pings", "89 81 m 01 89 81 m 02 89 81 m 03", "8a 01 01 8a 01 02 8a 01 03"],
	["a pong, unasked for", "8a 80 m", ""],
	["a pong with a payload inside a message", "02 81 m aa 8a 82 m 7070 80 80 m", "82 01 aa"],
];

const REFUSED: Row[] = [
	["RSV1", "c2 80 m", "88 02 03ea"],
	["RSV2", "a2 80 m", "88 02 03ea"],
	["RSV3", "92 80 m", "88 02 03ea"],
	["RSV1 on a ping", "c9 80 m", "88 02 03ea"],
	["RSV1 on a continuation", "02 80 m c0 80 m", "88 02 03ea"],
	["opcode 3", "83 80 m", "88 02 03ea"],
	["opcode 4", "84 80 m", "88 02 03ea"],
	["opcode 5", "85 80 m", "88 02 03ea"],
	["opcode 6", "86 80 m", "88 02 03ea"],
	["opcode 7", "87 80 m", "88 02 03ea"],
	["opcode B", "8b 80 m", "88 02 03ea"],
	["opcode C", "8c 80 m", "88 02 03ea"],
	["opcode D", "8d 80 m", "88 02 03ea"],
	["opcode E", "8e 80 m", "88 02 03ea"],
	["opcode F", "8f 80 m", "88 02 03ea"],
	["opcode 3 inside a message", "02 80 m 83 80 m", "88 02 03ea"],
	["a message without a mask", "82 01 aa", "88 02 03ea"],
	["a ping without a mask", "89 00", "88 02 03ea"],
	["a close without a mask", "88 02 03e8", "88 02 03ea"],
	["a ping of 126 bytes", "89 fe 007e m", "88 02 03ea"],
	["a pong of 126 bytes", "8a fe 007e m", "88 02 03ea"],
	["a close of 126 bytes", "88 fe 007e m", "88 02 03ea"],
	["a ping with a 64-bit length", "89 ff 0000000000010000 m", "88 02 03ea"],
	["a ping in fragments", "09 81 m 01", "88 02 03ea"],
	["a pong in fragments", "0a 81 m 01", "88 02 03ea"],
	["a close in fragments", "08 82 m 03e8", "88 02 03ea"],
	["a continuation of nothing", "80 81 m aa", "88 02 03ea"],
	["a first fragment as a continuation", "00 81 m aa", "88 02 03ea"],
	["a continuation after a whole message", "82 81 m aa 80 81 m bb", "82 01 aa 88 02 03ea"],
	["a continuation after fragments", "02 80 m 80 80 m 80 80 m", "82 00 88 02 03ea"],
	["a message inside another", "02 81 m aa 82 81 m bb", "88 02 03ea"],
	["a fragment that starts again", "02 81 m aa 02 81 m bb", "88 02 03ea"],
	["a text message inside a binary one", "02 81 m aa 81 81 m 62", "88 02 03ea"],
	["a 16-bit length of 0", "82 fe 0000 m", "88 02 03ea"],
	["a 16-bit length of 125", "82 fe 007d m", "88 02 03ea"],
	["a 64-bit length of 0", "82 ff 0000000000000000 m", "88 02 03ea"],
	["a 64-bit length of 125", "82 ff 000000000000007d m", "88 02 03ea"],
	["a 64-bit length of 65,535", "82 ff 000000000000ffff m", "88 02 03ea"],
	["a 64-bit length with its highest bit set", "82 ff 8000000000000000 m", "88 02 03ea"],
	["a 64-bit length of all ones", "82 ff ffffffffffffffff m", "88 02 03ea"],
	["what follows a good message", "82 81 m aa f0", "82 01 aa 88 02 03ea"],
];

const CLOSED: Row[] = [
	["without a code", "88 80 m", "88 00"],
	["with a code", "88 82 m 03e8", "88 02 03e8"],
	["with a code and a reason", "88 85 m 03e9 627965", "88 02 03e9"],
	["with a mask", "88 82 37fa213d 3412", "88 02 03e8"],
	["inside a message", "02 81 m aa 88 82 m 03e8", "88 02 03e8"],
	["after a message", "82 81 m aa 88 82 m 03e8", "82 01 aa 88 02 03e8"],
	["and data after it", "88 82 m 03e8 82 81 m aa", "88 02 03e8"],
	["and a ping after it", "88 82 m 03e8 89 80 m", "88 02 03e8"],
	["and a second close after it", "88 82 m 03e8 88 82 m 03e9", "88 02 03e8"],
	["with half a code", "88 81 m 03", "88 02 03ea"],
	["with a reason of 123 bytes", `88 fd m 03e8 ${"78".repeat(123)}`, "88 02 03e8"],
	["with a reason of two-byte characters", "88 84 m 03e8 c3bc", "88 02 03e8"],
	["with a reason that is not UTF-8", "88 83 m 03e8 ff", "88 02 03ef"],
	["with a reason that ends inside a character", "88 83 m 03e8 c3", "88 02 03ef"],
	["with a surrogate in the reason", "88 85 m 03e8 eda080", "88 02 03ef"],
	["with an overlong character in the reason", "88 84 m 03e8 c080", "88 02 03ef"],
];

const GOOD_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
const BAD_CODES = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

function code(value: number): string {
	return value.toString(16).padStart(4, "0");
}

function check([name, sent, answered]: Row): void {
	it(name, () => {
		const bytes = wire(sent);
		for (const [piece, room] of [
			[bytes.length, 1000],
			[1, 1],
			[3, 2],
		]) {
			const echo = new EchoEndpoint(256, Number.POSITIVE_INFINITY, room);
			echo.receive(bytes, piece);
			deepEqual(Uint8Array.from(echo.output), hex(answered), `in pieces of ${piece}`);
		}
	});
}

describe("frames that are taken", () => ACCEPTED.forEach(check));

describe("frames that break the protocol", () => REFUSED.forEach(check));

describe("a close frame is answered", () => {
	CLOSED.forEach(check);
	for (const value of GOOD_CODES) check([`with its code ${value}`, `88 82 m ${code(value)}`, `88 02 ${code(value)}`]);
	for (const value of BAD_CODES) check([`with 1002 when its code is ${value}`, `88 82 m ${code(value)}`, "88 02 03ea"]);
});

describe("a header is refused at its first bad byte", () => {
	const CASES: [string, string, number][] = [
		["a reserved bit", "c2", 1],
		["a reserved opcode", "83", 1],
		["a continuation of nothing", "80", 1],
		["a control frame in fragments", "09", 1],
		["no mask", "82 01", 2],
		["a control frame that is too long", "89 fe", 2],
		["a close frame with half a code", "88 81", 2],
	];
	for (const [name, sent, read] of CASES) {
		it(name, () => {
			const echo = new EchoEndpoint();
			equal(echo.receive(wire(sent)), read);
			deepEqual(Uint8Array.from(echo.output), hex("88 02 03ea"));
			equal(echo.endpoint.wanted, 0);
		});
	}
});
