import { deepEqual, equal, ok } from "../../support/assert.js";
import { BLUE, RED } from "../../support/colors.js";
import { solidFile } from "../../support/prism.js";
import { bodyOf, HOST, ServerBench, statusOf } from "../../support/server.js";
import { pattern, upload } from "../../support/store.js";

function k1(): ServerBench {
	const bench = new ServerBench({ lamp: true });
	for (const [name, file] of [
		["a", solidFile([RED], 10)],
		["b", solidFile([BLUE], 10)],
		["bytes", pattern(300, 1)],
	] as const) {
		upload(bench.store.writer(), name, file);
	}
	return bench;
}

/** A connection for each request: those that stay open would take the memory of the device. */
const CLOSE = "Connection: close\r\n";

function put(bench: ServerBench, body: string, fields = ""): string {
	return bench.request(`PUT /state HTTP/1.1\r\n${HOST}${CLOSE}${fields}Content-Length: ${body.length}\r\n\r\n${body}`);
}

function get(bench: ServerBench): Record<string, unknown> {
	const answer = bench.request(`GET /state HTTP/1.1\r\n${HOST}${CLOSE}\r\n`);
	equal(statusOf(answer), 200);
	ok(answer.includes("Content-Type: application/json\r\n"), answer);
	ok(answer.includes("Cache-Control: no-store\r\n"), answer);
	return JSON.parse(bodyOf(answer));
}

describe("/state", () => {
	const refused: readonly (readonly [string, number, string])[] = [
		["{", 400, "not a JSON object"],
		['{"colour":1}', 400, "Unknown key"],
		['{"on":true}', 409, "No pattern was played yet"],
		['{"pattern":"z","brightness":1}', 404, "No pattern of that name"],
		['{"on":false,"pattern":"z"}', 404, "No pattern of that name"],
		['{"pattern":"bytes","brightness":1}', 409, "cannot be played: not a .prism file"],
		[`{"pattern":"${" ".repeat(500)}"}`, 413, "too large"],
	];
	for (const [body, status, sentence] of refused) {
		it(`refuses ${body.slice(0, 40)} with ${status} and a sentence, and nothing has changed`, () => {
			const bench = k1();
			const answer = put(bench, body);
			equal(statusOf(answer), status, body);
			ok(bodyOf(answer).includes(sentence), bodyOf(answer));
			ok(answer.includes("Content-Type: text/plain; charset=utf-8\r\n") || status === 413, answer);
			const { state, brightness, pattern: name } = get(bench);
			deepEqual([state, brightness, name], ["stopped", 255, ""]);
		});
	}
});
