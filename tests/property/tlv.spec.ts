import fc from "fast-check";
import { FRAME_TOO_SHORT, LENGTH_MISMATCH, RefusedError } from "../../modules/core/errors.js";
import {
	checkFrame,
	HEADER_SIZE,
	MAX_FRAME,
	PUT_BEGIN,
	PUT_END,
	writeError,
	writeHeader,
} from "../../modules/tlv/frame.js";
import { isName } from "../../modules/tlv/name.js";
import { NOT_GIVEN, parsePutBegin, parsePutEnd } from "../../modules/tlv/put.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { fuzz } from "../support/fuzz-settings.js";

/** docs/protocol.md, "Names". */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._\- ]{0,30}[A-Za-z0-9_-])?$/;

const BYTE = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom(..."aZ09. _-".split("").map((letter) => letter.charCodeAt(0))) },
	{ weight: 1, arbitrary: fc.constant(0) },
	{ weight: 1, arbitrary: fc.nat(255) },
);
const NAME_LIKE = fc.array(BYTE, { maxLength: 36 }).map((bytes) => Uint8Array.from(bytes));
const U32 = fc.oneof(fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff), fc.nat(0xffffffff));

function frame(type: number, value: Uint8Array): Uint8Array {
	return new Uint8Array(Buffer.concat([Uint8Array.of(type, value.length >> 8, value.length & 0xff), value]));
}

/** What a parser returns, or the name of nothing else than a refusal that it throws. */
function outcome<T>(parse: () => T): T | "refused" {
	try {
		return parse();
	} catch (error) {
		if (error instanceof RefusedError) return "refused";
		throw error;
	}
}

describe("TLV, any bytes", () => {
	it("are a frame when their length is right, and nothing else", () => {
		const any = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 400 }));
		fuzz(
			"tlv-frame",
			fc.property(any, fc.boolean(), (bytes, mend) => {
				if (mend && bytes.length >= HEADER_SIZE) writeHeader(bytes, 0, bytes[0], bytes.length);
				const problem = checkFrame(bytes, bytes.length);
				if (bytes.length < HEADER_SIZE) equal(problem, FRAME_TOO_SHORT);
				else if (Buffer.from(bytes).readUInt16BE(1) === bytes.length - HEADER_SIZE) equal(problem, undefined);
				else equal(problem, LENGTH_MISMATCH);
				if (mend && bytes.length >= HEADER_SIZE) equal(problem, undefined);
			}),
		);
	});

	it("are a name when the docs say so", () => {
		fuzz(
			"tlv-name",
			fc.property(NAME_LIKE, fc.nat(5), (bytes, before) => {
				const padded = new Uint8Array(before + bytes.length + 3).fill(0x61);
				padded.set(bytes, before);
				const text = Buffer.from(bytes).toString("latin1");
				equal(isName(padded, before, before + bytes.length), NAME.test(text), text);
			}),
		);
	});

	it("are a PUT_BEGIN when the docs say so", () => {
		const rest = fc.oneof(
			fc.constant(new Uint8Array(0)),
			U32.map((size) => Uint8Array.of(0, size >>> 24, size >>> 16, size >>> 8, size)),
			fc
				.tuple(U32, U32)
				.map(([size, crc]) =>
					Uint8Array.of(0, size >>> 24, size >>> 16, size >>> 8, size, crc >>> 24, crc >>> 16, crc >>> 8, crc),
				),
			fc.uint8Array({ maxLength: 12 }),
		);
		fuzz(
			"tlv-put-begin",
			fc.property(NAME_LIKE, rest, (name, after) => {
				const message = frame(PUT_BEGIN, new Uint8Array(Buffer.concat([name, after])));
				const value = Buffer.from(message.subarray(HEADER_SIZE));
				const nul = value.indexOf(0);
				const nameEnd = nul < 0 ? value.length : nul;
				const given = nul < 0 ? 0 : value.length - nul - 1;
				const good = NAME.test(value.toString("latin1", 0, nameEnd)) && (nul < 0 || given === 4 || given === 8);
				deepEqual(
					outcome(() => parsePutBegin(message, message.length)),
					good
						? {
								nameEnd: HEADER_SIZE + nameEnd,
								size: given >= 4 ? value.readUInt32BE(nul + 1) : NOT_GIVEN,
								crc: given === 8 ? value.readUInt32BE(nul + 5) : NOT_GIVEN,
							}
						: "refused",
				);
			}),
		);
	});

	it("are a PUT_END when the docs say so", () => {
		fuzz(
			"tlv-put-end",
			fc.property(fc.uint8Array({ maxLength: 8 }), (value) => {
				const message = frame(PUT_END, value);
				const crc = value.length === 4 ? Buffer.from(value).readUInt32BE(0) : NOT_GIVEN;
				equal(
					outcome(() => parsePutEnd(message, message.length)),
					value.length === 0 || value.length === 4 ? crc : "refused",
				);
			}),
		);
	});

	it("of an ERROR are read back as they were written, and touch nothing beside", () => {
		const reason = fc.stringMatching(/^[ -~]{0,96}$/);
		fuzz(
			"tlv-error",
			fc.property(fc.integer({ min: 1, max: 5 }), reason, U32, fc.nat(20), (code, text, retry, start) => {
				const target = new Uint8Array(MAX_FRAME).fill(0xee);
				const end = writeError(target, start, { code, reason: text, close: 0 }, retry);
				const written = Buffer.from(target.subarray(start, end));
				equal(checkFrame(written, written.length), undefined);
				deepEqual([written[3], written.readUInt32BE(4), written.toString("latin1", 8)], [code, retry, text]);
				ok(target.subarray(0, start).every((byte) => byte === 0xee) && target[end] === 0xee);
			}),
		);
	});
});
