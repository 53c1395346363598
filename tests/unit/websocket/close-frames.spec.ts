import { CLOSE, FAILED } from "../../../modules/websocket/events.js";
import { deepEqual } from "../../support/assert.js";
import { wire } from "../../support/client-frames.js";
import { EchoEndpoint } from "../../support/echo-endpoint.js";
import { checkRows, type Row } from "../../support/frame-table.js";

const ANSWERED: readonly Row[] = [
	["without a code", "88 80 m", "88 00", 1005],
	["with a code", "88 82 m 03e8", "88 02 03e8", 1000],
	["with a mask", "88 82 37fa213d 3412", "88 02 03e8", 1000],
	["with a code and a reason", "88 85 m 03e9 627965", "88 02 03e9", 1001],
	["with a reason of 123 bytes, the most", "88 fd m 03e8 78*123", "88 02 03e8", 1000],
	["with a reason of two-byte characters", "88 84 m 03e8 c3bc", "88 02 03e8", 1000],
	["with a reason of a four-byte character", "88 86 m 03e8 f09f92a1", "88 02 03e8", 1000],
	["inside a message", "02 81 m aa 88 82 m 03e8", "88 02 03e8", 1000],
	["inside a character", "01 81 m c3 88 82 m 03e8", "88 02 03e8", 1000],
	["after a message", "82 81 m aa 88 82 m 03e8", "82 01 aa 88 02 03e8", 1000],
	["after a ping", "89 81 m 01 88 80 m", "8a 01 01 88 00", 1005],
	["half of it, which is none", "88 82 m 03", "", 0],
];

const AFTER: readonly Row[] = [
	["a message", "88 82 m 03e8 82 81 m aa", "88 02 03e8", 1000],
	["a ping", "88 82 m 03e8 89 80 m", "88 02 03e8", 1000],
	["a second close", "88 82 m 03e8 88 82 m 03e9", "88 02 03e8", 1000],
	["a close after one without a code", "88 80 m 88 82 m 03e8", "88 00", 1005],
	["a reserved bit", "88 82 m 03e8 f2 80 m", "88 02 03e8", 1000],
	["a frame without a mask", "88 82 m 03e8 82 01 aa", "88 02 03e8", 1000],
	["bytes that are no frame", "88 82 m 03e8 ffffffffffff", "88 02 03e8", 1000],
	["the rest of a message", "02 81 m aa 88 82 m 03e8 80 81 m bb", "88 02 03e8", 1000],
	["a message after a protocol error", "f2 82 81 m aa", "88 02 03ea", 1002],
	["a close after a protocol error", "83 88 82 m 03e8", "88 02 03ea", 1002],
	["a message after bad text", "81 81 m ff 82 81 m aa", "88 02 03ef", 1007],
];

/** RFC 6455, 7.4.1 and 7.4.2, and those registered since: 1012 to 1014. */
const CODES: readonly Row[] = [
	["1000", "88 82 m 03e8", "88 02 03e8", 1000],
	["1001", "88 82 m 03e9", "88 02 03e9", 1001],
	["1002", "88 82 m 03ea", "88 02 03ea", 1002],
	["1003", "88 82 m 03eb", "88 02 03eb", 1003],
	["1007", "88 82 m 03ef", "88 02 03ef", 1007],
	["1008", "88 82 m 03f0", "88 02 03f0", 1008],
	["1009", "88 82 m 03f1", "88 02 03f1", 1009],
	["1010", "88 82 m 03f2", "88 02 03f2", 1010],
	["1011", "88 82 m 03f3", "88 02 03f3", 1011],
	["1012", "88 82 m 03f4", "88 02 03f4", 1012],
	["1013", "88 82 m 03f5", "88 02 03f5", 1013],
	["1014", "88 82 m 03f6", "88 02 03f6", 1014],
	["3000", "88 82 m 0bb8", "88 02 0bb8", 3000],
	["3001", "88 82 m 0bb9", "88 02 0bb9", 3001],
	["3999", "88 82 m 0f9f", "88 02 0f9f", 3999],
	["4000", "88 82 m 0fa0", "88 02 0fa0", 4000],
	["4999", "88 82 m 1387", "88 02 1387", 4999],
];

/** RFC 6455, 7.4.1: 1004 to 1006 and 1015 are never on the wire; 7.4.2: 0 to 999 are not used, 1016 to 2999 not assigned. */
const BAD_CODES: readonly Row[] = [
	["0", "88 82 m 0000", "88 02 03ea", 1002],
	["1", "88 82 m 0001", "88 02 03ea", 1002],
	["255", "88 82 m 00ff", "88 02 03ea", 1002],
	["256", "88 82 m 0100", "88 02 03ea", 1002],
	["999", "88 82 m 03e7", "88 02 03ea", 1002],
	["1004", "88 82 m 03ec", "88 02 03ea", 1002],
	["1005", "88 82 m 03ed", "88 02 03ea", 1002],
	["1006", "88 82 m 03ee", "88 02 03ea", 1002],
	["1015", "88 82 m 03f7", "88 02 03ea", 1002],
	["1016", "88 82 m 03f8", "88 02 03ea", 1002],
	["1100", "88 82 m 044c", "88 02 03ea", 1002],
	["1999", "88 82 m 07cf", "88 02 03ea", 1002],
	["2000", "88 82 m 07d0", "88 02 03ea", 1002],
	["2999", "88 82 m 0bb7", "88 02 03ea", 1002],
	["5000", "88 82 m 1388", "88 02 03ea", 1002],
	["10000", "88 82 m 2710", "88 02 03ea", 1002],
	["32768", "88 82 m 8000", "88 02 03ea", 1002],
	["65535", "88 82 m ffff", "88 02 03ea", 1002],
	["half a code", "88 81 m 03", "88 02 03ea", 1002],
	["1005 with a reason", "88 85 m 03ed 627965", "88 02 03ea", 1002],
	["999 with a reason that is not UTF-8", "88 83 m 03e7 ff", "88 02 03ea", 1002],
];

const BAD_REASONS: readonly Row[] = [
	["FF", "88 83 m 03e8 ff", "88 02 03ef", 1007],
	["half a character", "88 83 m 03e8 c3", "88 02 03ef", 1007],
	["two bytes of three", "88 84 m 03e8 e282", "88 02 03ef", 1007],
	["a surrogate", "88 85 m 03e8 eda080", "88 02 03ef", 1007],
	["an overlong form", "88 84 m 03e8 c080", "88 02 03ef", 1007],
	["past U+10FFFF", "88 86 m 03e8 f4908080", "88 02 03ef", 1007],
	["a good beginning", "88 85 m 03e8 6162ff", "88 02 03ef", 1007],
];

describe("what an endpoint reports", () => {
	for (const [what, sent, event] of [
		["a good close frame", "88 82 m 03e8", CLOSE],
		["a code that may not be sent", "88 82 m 03e7", FAILED],
		["a reason that is not UTF-8", "88 83 m 03e8 ff", FAILED],
	] as const) {
		it(`of ${what}`, () => {
			const echo = new EchoEndpoint();
			echo.receive(wire(sent));
			deepEqual(echo.events, [event]);
		});
	}
});

describe("a close frame is answered with its code (RFC 6455, 5.5.1)", () => checkRows(ANSWERED));

describe("after a close nothing is read:", () => checkRows(AFTER));

describe("a close code that may be sent is answered:", () => checkRows(CODES));

describe("a close code that may not be sent is answered with 1002:", () => checkRows(BAD_CODES));

describe("a close reason that is not UTF-8 is answered with 1007:", () => checkRows(BAD_REASONS));
