import { deepEqual, equal } from "../../support/assert.js";
import { wire } from "../../support/client-frames.js";
import { EchoEndpoint } from "../../support/echo-endpoint.js";
import { checkRows, type Row } from "../../support/frame-table.js";
import { hex } from "../../support/hex.js";

/** RFC 6455, 5.2: no extension is negotiated, so they must be 0. */
const RESERVED_BITS: readonly Row[] = [
	["RSV1 on a text message", "c1 80 m", "88 02 03ea", 1002],
	["RSV1 on a binary message", "c2 80 m", "88 02 03ea", 1002],
	["RSV1 on a close", "c8 80 m", "88 02 03ea", 1002],
	["RSV1 on a ping", "c9 80 m", "88 02 03ea", 1002],
	["RSV1 on a pong", "ca 80 m", "88 02 03ea", 1002],
	["RSV1 on a continuation", "02 80 m c0 80 m", "88 02 03ea", 1002],
	["RSV1 on a first fragment", "42 80 m", "88 02 03ea", 1002],
	["RSV2 on a text message", "a1 80 m", "88 02 03ea", 1002],
	["RSV2 on a binary message", "a2 80 m", "88 02 03ea", 1002],
	["RSV2 on a close", "a8 80 m", "88 02 03ea", 1002],
	["RSV2 on a ping", "a9 80 m", "88 02 03ea", 1002],
	["RSV2 on a pong", "aa 80 m", "88 02 03ea", 1002],
	["RSV2 on a continuation", "02 80 m a0 80 m", "88 02 03ea", 1002],
	["RSV2 on a first fragment", "22 80 m", "88 02 03ea", 1002],
	["RSV3 on a text message", "91 80 m", "88 02 03ea", 1002],
	["RSV3 on a binary message", "92 80 m", "88 02 03ea", 1002],
	["RSV3 on a close", "98 80 m", "88 02 03ea", 1002],
	["RSV3 on a ping", "99 80 m", "88 02 03ea", 1002],
	["RSV3 on a pong", "9a 80 m", "88 02 03ea", 1002],
	["RSV3 on a continuation", "02 80 m 90 80 m", "88 02 03ea", 1002],
	["RSV3 on a first fragment", "12 80 m", "88 02 03ea", 1002],
	["RSV1 and RSV2 on a binary message", "e2 80 m", "88 02 03ea", 1002],
	["RSV1 and RSV2 on a ping", "e9 80 m", "88 02 03ea", 1002],
	["RSV1 and RSV3 on a binary message", "d2 80 m", "88 02 03ea", 1002],
	["RSV1 and RSV3 on a ping", "d9 80 m", "88 02 03ea", 1002],
	["RSV2 and RSV3 on a binary message", "b2 80 m", "88 02 03ea", 1002],
	["RSV2 and RSV3 on a ping", "b9 80 m", "88 02 03ea", 1002],
	["all three reserved bits on a binary message", "f2 80 m", "88 02 03ea", 1002],
	["all three reserved bits on a ping", "f9 80 m", "88 02 03ea", 1002],
	["a reserved bit after a good message", "82 81 m aa c2", "82 01 aa 88 02 03ea", 1002],
];

/** RFC 6455, 5.2: 3 to 7 are for data frames yet to be defined, B to F for control frames. */
const RESERVED_OPCODES: readonly Row[] = [
	["opcode 3", "83 80 m", "88 02 03ea", 1002],
	["opcode 3 as a fragment", "03 81 m 00", "88 02 03ea", 1002],
	["opcode 4", "84 80 m", "88 02 03ea", 1002],
	["opcode 4 as a fragment", "04 81 m 00", "88 02 03ea", 1002],
	["opcode 5", "85 80 m", "88 02 03ea", 1002],
	["opcode 5 as a fragment", "05 81 m 00", "88 02 03ea", 1002],
	["opcode 6", "86 80 m", "88 02 03ea", 1002],
	["opcode 6 as a fragment", "06 81 m 00", "88 02 03ea", 1002],
	["opcode 7", "87 80 m", "88 02 03ea", 1002],
	["opcode 7 as a fragment", "07 81 m 00", "88 02 03ea", 1002],
	["opcode B", "8b 80 m", "88 02 03ea", 1002],
	["opcode B as a fragment", "0b 81 m 00", "88 02 03ea", 1002],
	["opcode C", "8c 80 m", "88 02 03ea", 1002],
	["opcode C as a fragment", "0c 81 m 00", "88 02 03ea", 1002],
	["opcode D", "8d 80 m", "88 02 03ea", 1002],
	["opcode D as a fragment", "0d 81 m 00", "88 02 03ea", 1002],
	["opcode E", "8e 80 m", "88 02 03ea", 1002],
	["opcode E as a fragment", "0e 81 m 00", "88 02 03ea", 1002],
	["opcode F", "8f 80 m", "88 02 03ea", 1002],
	["opcode F as a fragment", "0f 81 m 00", "88 02 03ea", 1002],
	["opcode 3 inside a message", "02 80 m 83 80 m", "88 02 03ea", 1002],
	["opcode 7 inside a message", "02 80 m 87 80 m", "88 02 03ea", 1002],
	["opcode B inside a message", "02 80 m 8b 80 m", "88 02 03ea", 1002],
	["opcode F inside a message", "02 80 m 8f 80 m", "88 02 03ea", 1002],
];

describe("a reserved bit is refused", () => checkRows(RESERVED_BITS));

describe("a reserved opcode is refused", () => checkRows(RESERVED_OPCODES));

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
