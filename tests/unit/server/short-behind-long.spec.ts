import { INVALID_TLV } from "../../../modules/core/errors.js";
import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { hex } from "../../support/hex.js";
import { KEY, ServerBench } from "../../support/server.js";

/** A chunk whose frame has a header of eight bytes: behind it, eight bytes are read at once. */
function long(): Uint8Array {
	const message = new Uint8Array(203);
	message.set(hex("11 00c8"));
	return maskedFrame(0x82, message, KEY);
}

describe("behind a large frame", () => {
	/** What comes of a frame behind a large one, and of a STATUS behind that, all sent at once. */
	function answers(first: number, payload: string): string {
		const bench = new ServerBench();
		const client = bench.client();
		client.say("10 0001 61");
		const parts = [long(), maskedFrame(first, hex(payload), KEY), maskedFrame(0x82, hex("30 0000"), KEY)];
		const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
		parts.reduce((at, part) => {
			all.set(part, at);
			return at + part.length;
		}, 0);
		client.peer.send(all);
		bench.platform.settle();
		const heard = client.heard();
		client.peer.end();
		return heard;
	}

	it("an empty ping is answered, and what follows it", () => {
		const heard = answers(0x89, "");
		ok(heard.startsWith("8a00824b30"), heard);
	});

	it("so is a ping of one byte, and of two", () => {
		ok(answers(0x89, "41").startsWith("8a0141824b30"));
		ok(answers(0x89, "4142").startsWith("8a024142824b30"));
	});

	it("so is a message of no byte, of one and of two, which is refused", () => {
		for (const payload of ["", "30", "3000"]) {
			const heard = answers(0x82, payload);
			equal(heard.slice(4, 6), "40");
			equal(heard.slice(10, 12), INVALID_TLV.toString(16).padStart(2, "0"));
			ok(heard.includes("824b30"), heard);
		}
	});

	it("a close frame is answered", () => {
		equal(answers(0x88, "03e8"), "880203e8");
		equal(answers(0x88, ""), "8800");
	});

	it("a header that breaks the protocol ends the connection with 1002", () => {
		ok(answers(0x8b, "").startsWith("880203ea"));
		ok(answers(0xc2, "00").startsWith("880203ea"));
	});
});
