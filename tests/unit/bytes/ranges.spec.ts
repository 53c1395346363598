import { allOf, compare, copy, decodeLatin1, filled, find } from "../../../modules/bytes/bytes.js";
import { AUTHORITY, BASE64, DIGITS, TEXT, TOKEN, VISIBLE } from "../../../modules/http/characters.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";
import { latin1 } from "../../support/latin1.js";

function outOfRange(run: () => unknown): void {
	throws(run, (error) => error instanceof RangeError);
}

describe("copying bytes", () => {
	it("copies to any place", () => {
		const target = latin1("........");
		copy(target, 3, latin1("abcdef"), 1, 4);
		deepEqual(target, latin1("...bcd.."));
	});

	it("copies nothing", () => {
		const target = latin1("..");
		copy(target, 2, latin1("ab"), 2, 2);
		deepEqual(target, latin1(".."));
	});

	it("moves overlapping bytes up and down", () => {
		const bytes = latin1("0123456789");
		copy(bytes, 2, bytes, 0, 6);
		deepEqual(bytes, latin1("0101234589"));
		copy(bytes, 0, bytes, 2, 8);
		deepEqual(bytes, latin1("0123454589"));
	});

	it("takes the arrays' own offsets into account", () => {
		const target = latin1("........");
		const source = latin1("abcdef");
		copy(new Uint8Array(target.buffer, 2, 4), 1, new Uint8Array(source.buffer, 2, 3), 0, 3);
		deepEqual(target, latin1("...cde.."));
	});

	it("refuses ranges outside either array, and changes nothing", () => {
		const target = latin1("....");
		outOfRange(() => copy(target, 2, latin1("abcdef"), 0, 3));
		outOfRange(() => copy(target, -1, latin1("abcdef"), 0, 3));
		outOfRange(() => copy(target, 0, latin1("abcdef"), 4, 7));
		outOfRange(() => copy(target, 0, latin1("abcdef"), 3, 2));
		deepEqual(target, latin1("...."));
	});
});

describe("comparing bytes", () => {
	const bytes = hex("61 62 63 61 62 ff 7f 80");

	it("finds equal ranges equal", () => equal(compare(bytes, 0, 2, bytes, 3, 5), 0));
	it("finds empty ranges equal", () => equal(compare(bytes, 0, 0, bytes, 8, 8), 0));
	it("puts the shorter first when it begins the longer", () => {
		ok(compare(bytes, 0, 1, bytes, 3, 5) < 0);
		ok(compare(bytes, 0, 2, bytes, 3, 4) > 0);
		ok(compare(bytes, 0, 0, bytes, 0, 1) < 0);
	});
	it("goes by the first byte that differs, unsigned", () => {
		ok(compare(bytes, 0, 3, bytes, 3, 6) < 0);
		ok(compare(bytes, 7, 8, bytes, 6, 7) > 0);
	});
	it("refuses ranges outside the arrays", () => {
		outOfRange(() => compare(bytes, 0, 9, bytes, 0, 1));
		outOfRange(() => compare(bytes, 0, 1, bytes, -1, 1));
	});
});

describe("finding a byte", () => {
	const bytes = latin1("abcabc");

	it("gives the first one's index", () => equal(find(bytes, 0x62, 0, 6), 1));
	it("starts at the start", () => equal(find(bytes, 0x62, 2, 6), 4));
	it("does not look past the end", () => equal(find(bytes, 0x63, 0, 2), -1));
	it("gives -1 when there is none", () => equal(find(bytes, 0x7a, 0, 6), -1));
	it("gives -1 in an empty range", () => equal(find(bytes, 0x61, 0, 0), -1));
	it("refuses a range outside the bytes", () => outOfRange(() => find(bytes, 0x61, 0, 7)));
});

describe("asking whether all bytes are one value", () => {
	it("is true at every offset and length, and false for one other byte", () => {
		const bytes = new Uint8Array(24).fill(0xff);
		for (let start = 0; start < 8; start++) {
			for (let end = start; end <= 24; end++) ok(filled(bytes, 0xff, start, end));
		}
		for (let i = 3; i < 21; i++) {
			bytes[i] = 0xfe;
			equal(filled(bytes, 0xff, 3, 21), false);
			ok(filled(bytes, 0xff, i + 1, 21));
			ok(filled(bytes, 0xff, 3, i));
			bytes[i] = 0xff;
		}
	});
	it("is true of nothing", () => ok(filled(hex("00"), 0xff, 1, 1)));
	it("refuses a range outside the bytes", () => outOfRange(() => filled(hex("ff"), 0xff, 0, 2)));
});

describe("decoding Latin-1", () => {
	it("makes one character a byte", () => equal(decodeLatin1(hex("41 00 7f 80 e4 ff"), 0, 6), "A\u0000\u007f\u0080äÿ"));
	it("takes the range alone", () => equal(decodeLatin1(latin1("abcdef"), 2, 4), "cd"));
	it("makes an empty text of nothing", () => equal(decodeLatin1(latin1("a"), 1, 1), ""));
	it("refuses a range outside the bytes", () => outOfRange(() => decodeLatin1(latin1("a"), 0, 2)));
});

describe("bytes of a kind", () => {
	const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const ALL = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i));
	const KINDS: [name: string, kind: number, has: (character: string) => boolean][] = [
		["tokens", TOKEN, (c) => `!#$%&'*+-.^_\`|~${ALPHANUMERIC}`.includes(c)],
		["text", TEXT, (c) => c === "\t" || (c >= " " && c !== "\x7f")],
		["visible characters", VISIBLE, (c) => c > " " && c < "\x7f"],
		["an authority", AUTHORITY, (c) => `-._~!$&'()*+,;=%[]:${ALPHANUMERIC}`.includes(c)],
		["base64", BASE64, (c) => `+/${ALPHANUMERIC}`.includes(c)],
		["digits", DIGITS, (c) => c >= "0" && c <= "9"],
	];
	for (const [name, kind, has] of KINDS) {
		it(`are those of ${name} and no others`, () => {
			for (const c of ALL) equal(allOf(kind, latin1(`x${c}x`), 1, 2), has(c), `${c.charCodeAt(0)}`);
		});
	}

	it("are looked at from start to end, and no further", () => {
		const bytes = latin1("a12345b");
		equal(allOf(DIGITS, bytes, 1, 6), true);
		equal(allOf(DIGITS, bytes, 0, 6), false);
		equal(allOf(DIGITS, bytes, 1, 7), false);
		equal(allOf(DIGITS, bytes, 7, 7), true);
		outOfRange(() => allOf(DIGITS, bytes, 1, 8));
		outOfRange(() => allOf(6, bytes, 1, 2));
		outOfRange(() => allOf(-1, bytes, 1, 2));
	});
});
