import { sha1 } from "../../../modules/bytes/bytes.js";
import { deepEqual, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";
import { latin1 } from "../../support/latin1.js";

function digest(text: string): Uint8Array {
	const out = new Uint8Array(20);
	const bytes = latin1(`??${text}?`);
	sha1(bytes, 2, 2 + text.length, out, 0);
	return out;
}

describe("SHA-1", () => {
	it("of nothing", () => deepEqual(digest(""), hex("da39a3ee5e6b4b0d3255bfef95601890afd80709")));
	it("of FIPS 180's short text", () => deepEqual(digest("abc"), hex("a9993e364706816aba3e25717850c26c9cd0d89d")));

	it("of FIPS 180's text of 56 bytes, where the length needs a block of its own", () => {
		deepEqual(
			digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
			hex("84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
		);
	});

	it("of one block and no rest", () => {
		deepEqual(digest("a".repeat(64)), hex("0098ba824b5c16427bd7a1122a5a442a25ec644d"));
	});

	it("of 55 bytes, the most that fit one block", () => {
		deepEqual(digest("a".repeat(55)), hex("c1c8bbdc22796e28c0e15163d20899b65621d65a"));
	});

	it("of the handshake of RFC 6455, 1.3", () => {
		deepEqual(
			digest("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
			hex("b37a4f2cc0624f1690f64606cf385945b2bec4ea"),
		);
	});

	it("refuses a range outside the bytes, and an output under 20 bytes", () => {
		throws(
			() => sha1(latin1("abc"), 0, 4, new Uint8Array(20), 0),
			(error) => error instanceof RangeError,
		);
		throws(
			() => sha1(latin1("abc"), 0, 3, new Uint8Array(20), 1),
			(error) => error instanceof RangeError,
		);
	});
});
