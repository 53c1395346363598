import { decodeLatin1, encodeBase64 } from "../../../modules/bytes/bytes.js";
import { equal, throws } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";

function base64(bytes: Uint8Array): string {
	const target = new Uint8Array(100);
	return decodeLatin1(target, 1, encodeBase64(bytes, 0, bytes.length, target, 1));
}

describe("base64", () => {
	it("is that of RFC 4648, 10", () => {
		const rows = [
			["", ""],
			["f", "Zg=="],
			["fo", "Zm8="],
			["foo", "Zm9v"],
			["foob", "Zm9vYg=="],
			["fooba", "Zm9vYmE="],
			["foobar", "Zm9vYmFy"],
		];
		for (const [text, expected] of rows) equal(base64(ascii(text)), expected);
	});

	it("has 64 characters", () => {
		const bytes = new Uint8Array(48);
		for (let i = 0; i < 16; i++) {
			const group = ((4 * i) << 18) | ((4 * i + 1) << 12) | ((4 * i + 2) << 6) | (4 * i + 3);
			bytes.set([group >> 16, group >> 8, group], 3 * i);
		}
		equal(base64(bytes), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
	});

	it("stays within the target", () => {
		const target = new Uint8Array(8);
		throws(() => encodeBase64(ascii("foob"), 0, 4, target, 1), isRangeError);
		throws(() => encodeBase64(ascii("foo"), 0, 4, target, 0), isRangeError);
		equal(target[0] | target[7], 0);
	});
});

function isRangeError(error: unknown): boolean {
	return error instanceof RangeError;
}
