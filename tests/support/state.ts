/** What the specs of `/state` share: a K1 with a lamp, two patterns and a file that is none, and requests for its state. */

import { equal, ok } from "./assert.js";
import { BLUE, RED } from "./colors.js";
import { solidFile } from "./prism.js";
import { bodyOf, HOST, ServerBench, statusOf } from "./server.js";
import { pattern, upload } from "./store.js";

export function k1(): ServerBench {
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

export function put(bench: ServerBench, body: string, fields = ""): string {
	return bench.request(`PUT /state HTTP/1.1\r\n${HOST}${CLOSE}${fields}Content-Length: ${body.length}\r\n\r\n${body}`);
}

export function get(bench: ServerBench): Record<string, unknown> {
	const answer = bench.request(`GET /state HTTP/1.1\r\n${HOST}${CLOSE}\r\n`);
	equal(statusOf(answer), 200);
	ok(answer.includes("Content-Type: application/json\r\n"), answer);
	ok(answer.includes("Cache-Control: no-store\r\n"), answer);
	return JSON.parse(bodyOf(answer));
}
