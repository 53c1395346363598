import { deepEqual, equal, ok } from "../../support/assert.js";
import { bodyOf, statusOf } from "../../support/server.js";
import { get, k1, put } from "../../support/state.js";

describe("/state", () => {
	// One K1 for all: a second one, and a test for each, would not fit the device's heap.
	it("refuses what cannot be, with a status and a sentence, and nothing has changed", () => {
		const bench = k1();
		for (const [body, status, sentence] of [
			["{", 400, "not a JSON object"],
			['{"colour":1}', 400, "Unknown key"],
			['{"on":true}', 409, "No pattern was played yet"],
			['{"pattern":"z","brightness":1}', 404, "No pattern of that name"],
			['{"on":false,"pattern":"z"}', 404, "No pattern of that name"],
			['{"pattern":"bytes","brightness":1}', 409, "cannot be played: not a .prism file"],
			[`{"pattern":"${" ".repeat(500)}"}`, 413, "too large"],
		] as const) {
			const answer = put(bench, body);
			equal(statusOf(answer), status, body);
			ok(bodyOf(answer).includes(sentence), bodyOf(answer));
			ok(answer.includes("Content-Type: text/plain; charset=utf-8\r\n") || status === 413, answer);
			const { state, brightness, pattern: name } = get(bench);
			deepEqual([state, brightness, name], ["stopped", 255, ""], body);
			// Its connections are over.
			bench.platform.pass(200);
		}
	});
});
