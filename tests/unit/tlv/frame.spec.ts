import { CRC_MISMATCH, FRAME_TOO_SHORT, LENGTH_MISMATCH } from "../../../modules/core/errors.js";
import {
	checkFrame,
	MAX_ERROR_FRAME,
	MAX_FRAME,
	MAX_REASON,
	writeError,
	writeHeader,
	writeStatusOk,
} from "../../../modules/tlv/frame.js";
import { equal } from "../../support/assert.js";
import { ascii, hex, toHex } from "../../support/hex.js";

describe("TLV frame", () => {
	it("is too short below its header", () => {
		for (const digits of ["", "21", "2100"]) equal(checkFrame(hex(digits), digits.length / 2), FRAME_TOO_SHORT);
	});

	it("has a big-endian length that is the message's", () => {
		equal(checkFrame(hex("210000"), 3), undefined);
		equal(checkFrame(hex("11 0002 aabb"), 5), undefined);
		equal(checkFrame(hex("11 0003 aabb"), 5), LENGTH_MISMATCH);
		equal(checkFrame(hex("11 0001 aabb"), 5), LENGTH_MISMATCH);
		const largest = new Uint8Array(MAX_FRAME);
		writeHeader(largest, 0, 0x11, MAX_FRAME);
		equal(toHex(largest, 0, 3), "110ffd");
		equal(checkFrame(largest, MAX_FRAME), undefined);
	});

	it("says done with 30 00 01 00", () => {
		const target = new Uint8Array(6);
		equal(writeStatusOk(target, 1), 5);
		equal(toHex(target), "003000010000");
	});

	it("says what was wrong: code, retryAfterMs, reason", () => {
		const target = new Uint8Array(128);
		const end = writeError(target, 2, CRC_MISMATCH, 30_000);
		const length = (CRC_MISMATCH.reason.length + 5).toString(16).padStart(4, "0");
		const longest = writeError(target, 0, { code: 1, reason: "r".repeat(MAX_REASON), close: 0 }, 0);
		equal(longest, MAX_ERROR_FRAME);
		equal(writeError(target, 2, CRC_MISMATCH, 30_000), end);
		equal(toHex(target, 2, end), `40${length}0300007530${toHex(ascii(CRC_MISMATCH.reason))}`);
	});
});
