import { deepEqual, equal } from "../../support/assert.js";
import { wire } from "../../support/client-frames.js";
import { EchoEndpoint } from "../../support/echo-endpoint.js";
import { checkRows, type Row } from "../../support/frame-table.js";
import { hex } from "../../support/hex.js";

const TEXT: readonly Row[] = [
	["U+0000", "81 81 m 00", "81 01 00", 0],
	["U+007F", "81 81 m 7f", "81 01 7f", 0],
	["U+0080", "81 82 m c280", "81 02 c280", 0],
	["U+07FF", "81 82 m dfbf", "81 02 dfbf", 0],
	["U+0800", "81 83 m e0a080", "81 03 e0a080", 0],
	["U+0FFF", "81 83 m e0bfbf", "81 03 e0bfbf", 0],
	["U+1000", "81 83 m e18080", "81 03 e18080", 0],
	["U+D7FF", "81 83 m ed9fbf", "81 03 ed9fbf", 0],
	["U+E000", "81 83 m ee8080", "81 03 ee8080", 0],
	["U+FFFD", "81 83 m efbfbd", "81 03 efbfbd", 0],
	["U+FFFF", "81 83 m efbfbf", "81 03 efbfbf", 0],
	["U+10000", "81 84 m f0908080", "81 04 f0908080", 0],
	["U+3FFFF", "81 84 m f0bfbfbf", "81 04 f0bfbfbf", 0],
	["U+40000", "81 84 m f1808080", "81 04 f1808080", 0],
	["U+FFFFF", "81 84 m f3bfbfbf", "81 04 f3bfbfbf", 0],
	["U+100000", "81 84 m f4808080", "81 04 f4808080", 0],
	["U+10FFFF", "81 84 m f48fbfbf", "81 04 f48fbfbf", 0],
	["characters of one to four bytes", "81 8a m 61c3bce282acf09f92a1", "81 0a 61c3bce282acf09f92a1", 0],
	["a two-byte character over two fragments", "01 81 m c3 80 81 m bc", "81 02 c3bc", 0],
	["a three-byte character over three fragments", "01 81 m e2 00 81 m 82 80 81 m ac", "81 03 e282ac", 0],
	["a four-byte character over four fragments", "01 81 m f0 00 81 m 9f 00 81 m 92 80 81 m a1", "81 04 f09f92a1", 0],
	["a character with an empty fragment inside", "01 81 m c3 00 80 m 80 81 m bc", "81 02 c3bc", 0],
	["bytes that are no text, in a binary message", "82 84 m c3ff80fe", "82 04 c3ff80fe", 0],
	["half a character, in a binary message", "82 81 m c3", "82 01 c3", 0],
	["a binary message after text", "81 82 m c3bc 82 81 m c3", "81 02 c3bc 82 01 c3", 0],
	["text after a binary message that ends inside a character", "82 81 m c3 81 81 m 61", "82 01 c3 81 01 61", 0],
];

/** RFC 6455, 8.1. */
const NO_TEXT: readonly Row[] = [
	["80 alone", "81 81 m 80", "88 02 03ef", 1007],
	["BF alone", "81 81 m bf", "88 02 03ef", 1007],
	["a first byte alone, of two", "81 81 m c3", "88 02 03ef", 1007],
	["a first byte alone, of three", "81 81 m e2", "88 02 03ef", 1007],
	["two bytes of three", "81 82 m e282", "88 02 03ef", 1007],
	["a first byte alone, of four", "81 81 m f0", "88 02 03ef", 1007],
	["three bytes of four", "81 83 m f09f92", "88 02 03ef", 1007],
	["C0 80, an overlong U+0000", "81 82 m c080", "88 02 03ef", 1007],
	["C0 AF, an overlong slash", "81 82 m c0af", "88 02 03ef", 1007],
	["C1 BF, an overlong U+007F", "81 82 m c1bf", "88 02 03ef", 1007],
	["E0 80 80, overlong", "81 83 m e08080", "88 02 03ef", 1007],
	["E0 9F BF, an overlong U+07FF", "81 83 m e09fbf", "88 02 03ef", 1007],
	["F0 80 80 80, overlong", "81 84 m f0808080", "88 02 03ef", 1007],
	["F0 8F BF BF, an overlong U+FFFF", "81 84 m f08fbfbf", "88 02 03ef", 1007],
	["U+D800, a surrogate", "81 83 m eda080", "88 02 03ef", 1007],
	["U+DBFF, a surrogate", "81 83 m edafbf", "88 02 03ef", 1007],
	["U+DC00, a surrogate", "81 83 m edb080", "88 02 03ef", 1007],
	["U+DFFF, a surrogate", "81 83 m edbfbf", "88 02 03ef", 1007],
	["a pair of surrogates", "81 86 m eda080edb080", "88 02 03ef", 1007],
	["U+110000, past the last", "81 84 m f4908080", "88 02 03ef", 1007],
	["F5", "81 84 m f5808080", "88 02 03ef", 1007],
	["F8, a form of five bytes", "81 85 m f888808080", "88 02 03ef", 1007],
	["FC, a form of six bytes", "81 86 m fc8480808080", "88 02 03ef", 1007],
	["FE", "81 81 m fe", "88 02 03ef", 1007],
	["FF", "81 81 m ff", "88 02 03ef", 1007],
	["a first byte in the place of a second", "81 82 m c3c3", "88 02 03ef", 1007],
	["a letter in the place of a second byte", "81 82 m c341", "88 02 03ef", 1007],
	["a letter in the place of a third byte", "81 83 m e28241", "88 02 03ef", 1007],
	["a letter in the place of a fourth byte", "81 84 m f09f9241", "88 02 03ef", 1007],
	["one continuation byte too many", "81 83 m c3bcbc", "88 02 03ef", 1007],
	["a good beginning", "81 83 m 6162ff", "88 02 03ef", 1007],
	["a message in fragments that ends inside a character", "01 81 m c3 80 80 m", "88 02 03ef", 1007],
	["a character that goes on with the wrong byte in the next fragment", "01 81 m c3 80 81 m 41", "88 02 03ef", 1007],
	["an overlong form over two fragments", "01 81 m e0 80 82 m 80af", "88 02 03ef", 1007],
	["a bad first fragment", "01 82 m ff61", "88 02 03ef", 1007],
	["a bad last fragment", "01 82 m 6162 80 81 m 80", "88 02 03ef", 1007],
	["a good message, then a bad one", "81 81 m 61 81 81 m ff", "81 01 61 88 02 03ef", 1007],
	["a masked byte that is bad only without its mask", "81 81 80000000 7f", "88 02 03ef", 1007],
];

describe("text of all lengths of UTF-8 is taken (RFC 3629)", () => checkRows(TEXT));

describe("text that is not UTF-8 is refused with 1007", () => checkRows(NO_TEXT));

describe("text is refused at its first bad byte, before the message is complete", () => {
	const CASES: [string, string, number][] = [
		["in one frame", "81 8a m 61 ed a0 62 63", 9],
		["in a frame of 65,536 bytes", "81 ff 0000000000010000 m 61 80 61", 16],
		["in a fragment", "01 85 m 61 c0 af 61 61", 8],
	];
	for (const [name, sent, read] of CASES) {
		it(name, () => {
			const echo = new EchoEndpoint();
			equal(echo.receive(wire(sent), 1), read);
			deepEqual(Uint8Array.from(echo.output), hex("88 02 03ef"));
		});
	}
});
