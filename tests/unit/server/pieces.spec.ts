import { equal } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { hex } from "../../support/hex.js";
import { KEY, ServerBench } from "../../support/server.js";

/** A chunk of 4,093 bytes in its frame, whose header is 8 bytes. */
function chunk(): Uint8Array {
	const message = new Uint8Array(4096);
	message.set(hex("11 0ffd"));
	return maskedFrame(0x82, message, KEY);
}

/** A piece of a message that is read when all of it is there. */
const PIECE = 2048;
const HEADER = 8;

/** A K1 to whose client a chunk is under way: sends bytes start..end of it, and returns how many the K1 has left unread. */
function uploading(): [bench: ServerBench, send: (start: number, end: number) => number] {
	const bench = new ServerBench();
	const client = bench.client();
	client.say("10 0001 61");
	const send = (start: number, end: number) => {
		client.peer.send(chunk().subarray(start, end));
		return client.peer.unread;
	};
	return [bench, send];
}

describe("a long message", () => {
	it("is read in pieces, when all of one is there", () => {
		const [, send] = uploading();
		equal(send(0, 1436), 1436 - HEADER);
		equal(send(1436, 2872), 2872 - HEADER - PIECE);
		equal(send(2872, 4000), 4000 - HEADER - PIECE);
		equal(send(4000, 4104), 0);
	});

	it("leaves what is less unread until the next tick, no longer", () => {
		const [bench, send] = uploading();
		equal(send(0, 1000), 1000 - HEADER);
		bench.platform.pass(250);
		equal(send(1000, 1000), 0);
		equal(send(1000, 1500), 500);
		equal(send(1500, HEADER + PIECE), 0);
	});
});
