import { equal } from "../../support/assert.js";
import { BIG, withBig } from "../../support/big-download.js";
import { ascii } from "../../support/hex.js";

describe("an answer that goes out slowly", () => {
	// The room that the peer gives within the first 5 s, and how long it keeps its place.
	for (const [bytes, milliseconds] of [
		[1023, 5250],
		[1024, 10_250],
	]) {
		it(`by ${bytes} bytes in 5 s has ${milliseconds} ms in all`, () => {
			const bench = withBig();
			const peer = bench.platform.connect("10.0.0.66", 400);
			peer.send(ascii(BIG));
			// The time counts from the first tick that finds something unsent.
			bench.platform.pass(250);
			peer.give(bytes);
			bench.platform.pass(milliseconds - 250 - 1);
			equal(peer.closed, false);
			bench.platform.pass(1);
			equal(peer.closed, true);
		});
	}
});
