import {
	CONTROL_INVALID,
	GAMMA_INVALID,
	NAME_INVALID,
	type Refusal,
	RefusedError,
} from "../../../modules/core/errors.js";
import { isGamma, parseControl } from "../../../modules/tlv/control.js";
import { equal, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";

/** A CONTROL's value, and its command or the refusal of it. */
const ROWS: readonly (readonly [string, number | Refusal])[] = [
	["", CONTROL_INVALID],
	["00", 0x00],
	["00 00", CONTROL_INVALID],
	["01", 0x01],
	["01 61", 0x01],
	["01 2e", NAME_INVALID],
	["02", 0x02],
	["02 01", CONTROL_INVALID],
	["03", 0x03],
	["03 01", CONTROL_INVALID],
	["04", 0x04],
	["04 01", CONTROL_INVALID],
	["10 80 0000", 0x10],
	["10 80 00", CONTROL_INVALID],
	["10 80 0000 00", CONTROL_INVALID],
	["11 0064 0000", 0x11],
	["11 0190 0000", 0x11],
	["11 0063 0000", GAMMA_INVALID],
	["11 0191 0000", GAMMA_INVALID],
	["11 0064 00", CONTROL_INVALID],
	["20 1e", 0x20],
	["20", CONTROL_INVALID],
	["20 1e 00", CONTROL_INVALID],
	["21 03", 0x21],
	["21", CONTROL_INVALID],
	["21 03 00", CONTROL_INVALID],
	["05", CONTROL_INVALID],
	["7f", CONTROL_INVALID],
];

describe("CONTROL", () => {
	for (const [value, expected] of ROWS) {
		it(`"${value}" is ${typeof expected === "number" ? "taken" : expected.reason}`, () => {
			const message = hex(`22 0000 ${value}`);
			if (typeof expected === "number") equal(parseControl(message, message.length), expected);
			else
				throws(
					() => parseControl(message, message.length),
					(error) => error instanceof RefusedError && error.refusal === expected,
				);
		});
	}

	it("takes a gamma from 1 to 4", () => {
		for (const [value, taken] of [
			[99, false],
			[100, true],
			[400, true],
			[401, false],
		] as const) {
			equal(isGamma(value), taken, `${value}`);
		}
	});
});
