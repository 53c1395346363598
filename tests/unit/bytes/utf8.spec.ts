import { encodeUtf8, utf8 } from "../../../modules/bytes/bytes.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";

const VALID: [string, string][] = [
	["nothing", ""],
	["ASCII", "48 65 00 7f"],
	["the lowest of two bytes", "c2 80"],
	["the highest of two bytes", "df bf"],
	["the lowest of three bytes", "e0 a0 80"],
	["the last before the surrogates", "ed 9f bf"],
	["the first after the surrogates", "ee 80 80"],
	["the highest of three bytes", "ef bf bf"],
	["the lowest of four bytes", "f0 90 80 80"],
	["U+10FFFF", "f4 8f bf bf"],
	["a mixture", "c3 bc 41 e2 82 ac f0 9f 92 a1 42"],
];

const INVALID: [string, string][] = [
	["a continuation byte alone", "80"],
	["a continuation byte too many", "c3 bc 80"],
	["a character cut by ASCII", "c3 41"],
	["three bytes cut after two", "e2 82 41"],
	["an overlong NUL", "c0 80"],
	["an overlong slash", "c1 af"],
	["three bytes where two do", "e0 9f bf"],
	["four bytes where three do", "f0 8f bf bf"],
	["a high surrogate", "ed a0 80"],
	["a low surrogate", "ed bf bf"],
	["past U+10FFFF", "f4 90 80 80"],
	["a first byte F5", "f5 80 80 80"],
	["five bytes", "f8 88 80 80 80"],
	["FE", "fe"],
	["FF", "ff"],
];

describe("UTF-8 validation", () => {
	for (const [name, digits] of VALID) {
		it(`takes ${name}, in one piece and byte by byte`, () => {
			const bytes = hex(digits);
			equal(utf8(0, bytes, 0, bytes.length), 0);
			let state = 0;
			for (let i = 0; i < bytes.length; i++) {
				state = utf8(state, bytes, i, i + 1);
				ok(state >= 0);
			}
			equal(state, 0);
		});
	}

	for (const [name, digits] of INVALID) {
		it(`refuses ${name}, in one piece and byte by byte`, () => {
			const bytes = hex(digits);
			equal(utf8(0, bytes, 0, bytes.length), -1);
			let state = 0;
			for (let i = 0; i < bytes.length; i++) state = utf8(state, bytes, i, i + 1);
			equal(state, -1);
		});
	}

	it("says when it is inside a character", () => {
		for (const digits of ["c3", "e2", "e2 82", "f0", "f0 9f", "f0 9f 92"]) {
			const bytes = hex(digits);
			ok(utf8(0, bytes, 0, bytes.length) > 0);
		}
	});

	it("refuses a bad byte as soon as it is there", () => {
		equal(utf8(0, hex("ed a0"), 0, 2), -1);
		equal(utf8(0, hex("f4 90"), 0, 2), -1);
		equal(utf8(0, hex("e0 80"), 0, 2), -1);
	});

	it("stays refused", () => equal(utf8(-1, hex("41"), 0, 1), -1));
	it("keeps its state over an empty piece", () => {
		const state = utf8(0, hex("e2"), 0, 1);
		equal(utf8(state, hex("e2"), 1, 1), state);
	});
	it("refuses a range outside the bytes", () => {
		throws(
			() => utf8(0, hex("41"), 0, 2),
			(error) => error instanceof RangeError,
		);
	});
});

describe("UTF-8 encoding", () => {
	const CASES: [string, string, string][] = [
		["ASCII", "Az", "41 7a"],
		["NUL as one byte", "a\u0000b", "61 00 62"],
		["two bytes", "\u0080\u07ff", "c2 80 df bf"],
		["three bytes", "\u0800\uffff", "e0 a0 80 ef bf bf"],
		["a surrogate pair as four bytes", "\u{10000}\u{1f4a1}\u{10ffff}", "f0 90 80 80 f0 9f 92 a1 f4 8f bf bf"],
		["half a surrogate pair as U+FFFD", "a\ud83db\udca1", "61 ef bf bd 62 ef bf bd"],
	];
	for (const [name, text, digits] of CASES) {
		it(`writes ${name}`, () => {
			const bytes = hex(digits);
			const target = new Uint8Array(bytes.length + 2);
			equal(encodeUtf8(text, target, 1), 1 + bytes.length);
			deepEqual(target.slice(1, -1), bytes);
			equal(target[0] + target[target.length - 1], 0);
		});
	}

	it("fills the target to its last byte", () => equal(encodeUtf8("aä", new Uint8Array(3), 0), 3));
	it("writes nothing of an empty text", () => equal(encodeUtf8("", new Uint8Array(2), 2), 2));
	it("refuses a text that does not fit, and a start outside the target", () => {
		for (const run of [
			() => encodeUtf8("aä", new Uint8Array(2), 0),
			() => encodeUtf8("a", new Uint8Array(2), 2),
			() => encodeUtf8("", new Uint8Array(2), 3),
			() => encodeUtf8("a", new Uint8Array(2), -1),
		]) {
			throws(run, (error) => error instanceof RangeError);
		}
	});
});
