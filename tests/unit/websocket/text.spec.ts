import { deepEqual, equal } from "../../support/assert.js";
import { wire } from "../../support/client-frames.js";
import { EchoEndpoint } from "../../support/echo-endpoint.js";
import { hex } from "../../support/hex.js";

/** Text that a client sends, and the echo's answer: `88 02 03ef` is a close frame with 1007. */
type Row = [name: string, sent: string, answered: string];

const ROWS: Row[] = [
	["two-byte characters", "81 84 m c3bcc3a4", "81 04 c3bcc3a4"],
	["four-byte characters", "81 84 m f09f92a1", "81 04 f09f92a1"],
	["a character over two fragments", "01 81 m c3 80 81 m bc", "81 02 c3bc"],
	["a character over three fragments", "01 81 m e2 00 81 m 82 80 81 m ac", "81 03 e282ac"],
	["a ping inside a character", "01 81 m c3 89 80 m 80 81 m bc", "8a 00 81 02 c3bc"],
	["a message that ends inside a character", "81 81 m c3", "88 02 03ef"],
	["fragments that end inside a character", "01 81 m c3 80 80 m", "88 02 03ef"],
	["a continuation byte alone", "81 81 m 80", "88 02 03ef"],
	["a byte that is never in UTF-8", "81 82 m 41ff", "88 02 03ef"],
	["an overlong character", "81 82 m c0af", "88 02 03ef"],
	["a surrogate", "81 83 m eda080", "88 02 03ef"],
	["past U+10FFFF", "81 84 m f4908080", "88 02 03ef"],
	["a good message, then a bad one", "81 81 m 61 81 81 m ff", "81 01 61 88 02 03ef"],
	["a bad first fragment", "01 82 m ff61", "88 02 03ef"],
	["bytes that are no text, in a binary message", "82 82 m c3ff", "82 02 c3ff"],
	["a binary message after text", "81 82 m c3bc 82 81 m c3", "81 02 c3bc 82 01 c3"],
];

describe("text is UTF-8 or refused", () => {
	for (const [name, sent, answered] of ROWS) {
		it(name, () => {
			const bytes = wire(sent);
			for (const piece of [bytes.length, 1]) {
				const echo = new EchoEndpoint();
				echo.receive(bytes, piece);
				deepEqual(Uint8Array.from(echo.output), hex(answered));
			}
		});
	}

	it("at the first bad byte, before the message is complete", () => {
		const echo = new EchoEndpoint();
		equal(echo.receive(wire("81 8a m 61 ed a0 62 63"), 1), 9);
		deepEqual(Uint8Array.from(echo.output), hex("88 02 03ef"));
	});
});
