import { createHash } from "node:crypto";
import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { compare, crc32, crc32Combine, encodeUtf8, sha1, utf8 } from "../../modules/bytes/bytes.js";
import { deepEqual, equal } from "../support/assert.js";

const BYTES = fc.uint8Array({ maxLength: 300 });

describe("bytes, any input", () => {
	it("CRC-32 is zlib's", () => {
		fc.assert(fc.property(BYTES, (bytes) => equal(crc32(0, bytes, 0, bytes.length), zlibCrc32(bytes))));
	});

	it("CRC-32 combines from any two parts", () => {
		fc.assert(
			fc.property(BYTES, BYTES, (a, b) => {
				const both = crc32(crc32(0, a, 0, a.length), b, 0, b.length);
				equal(crc32Combine(crc32(0, a, 0, a.length), crc32(0, b, 0, b.length), b.length), both);
			}),
		);
	});

	it("SHA-1 is Node's", () => {
		fc.assert(
			fc.property(BYTES, (bytes) => {
				const out = new Uint8Array(20);
				sha1(bytes, 0, bytes.length, out, 0);
				deepEqual(out, new Uint8Array(createHash("sha1").update(bytes).digest()));
			}),
		);
	});

	it("comparison is Buffer's", () => {
		fc.assert(
			fc.property(BYTES, BYTES, (a, b) => {
				equal(Math.sign(compare(a, 0, a.length, b, 0, b.length)), Buffer.compare(a, b));
			}),
		);
	});

	it("UTF-8 is what TextEncoder writes and what TextDecoder takes, from any split", () => {
		const decoder = new TextDecoder("utf-8", { fatal: true });
		const piece = fc.oneof(
			BYTES,
			fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 4 }), fc.nat(), (pieces, at) => {
				const bytes = new Uint8Array(Buffer.concat(pieces));
				const split = at % (bytes.length + 1);
				let valid = true;
				try {
					decoder.decode(bytes);
				} catch {
					valid = false;
				}
				equal(utf8(utf8(0, bytes, 0, split), bytes, split, bytes.length) === 0, valid);
			}),
		);
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const target = new Uint8Array(3 * text.length + 4);
				deepEqual(target.slice(0, encodeUtf8(text, target, 0)), new TextEncoder().encode(text));
			}),
		);
	});
});
