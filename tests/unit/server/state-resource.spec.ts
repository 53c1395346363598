import { PLAYING, STOPPED } from "../../../modules/playback/player.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { BLUE, onlyColor, RED } from "../../support/colors.js";
import { solidFile } from "../../support/prism.js";
import { bodyOf, HOST, ServerBench, statusOf } from "../../support/server.js";
import { pattern, upload } from "../../support/store.js";

function k1(options: { token?: string } = {}): ServerBench {
	const bench = new ServerBench({ ...options, lamp: true });
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
	it("tells the state, and HEAD the same without it", () => {
		const bench = k1();
		equal(get(bench).state, "stopped");
		const head = bench.request(`HEAD /state HTTP/1.1\r\n${HOST}\r\n`);
		equal(statusOf(head), 200);
		equal(bodyOf(head), "");
	});

	it("plays, dims, stops, and answers with the new state", () => {
		const bench = k1();
		const answer = put(bench, '{"pattern":"b","brightness":100,"gamma":220,"transition":0}');
		equal(statusOf(answer), 200);
		const { state, pattern: name, brightness, gamma } = JSON.parse(bodyOf(answer));
		deepEqual([state, name, brightness, gamma], ["playing", "b", 100, 220]);
		bench.platform.pass(100);
		equal(onlyColor(bench.lamp.player.colors), BLUE);
		equal(bench.lamp.player.brightness.value, 100);
		equal(JSON.parse(bodyOf(put(bench, '{"on":false}'))).state, "stopped");
		equal(JSON.parse(bodyOf(put(bench, '{"on":true}'))).pattern, "b");
		equal(bench.lamp.player.state, PLAYING);
	});

	it("goes on with what stands still, and leaves what plays alone, when it is only to be on", () => {
		const bench = k1();
		put(bench, '{"pattern":"a"}');
		bench.platform.pass(1000);
		bench.lamp.pause(bench.clock.now());
		equal(JSON.parse(bodyOf(put(bench, '{"on":true}'))).state, "playing");
		const { shown } = bench.lamp.player;
		put(bench, '{"on":true}');
		ok(bench.lamp.player.shown === shown);
	});

	it("keeps the name of a pattern that is to be played later", () => {
		const bench = k1();
		put(bench, '{"pattern":"a"}');
		equal(JSON.parse(bodyOf(put(bench, '{"on":false,"pattern":"b"}'))).pattern, "b");
		equal(bench.lamp.player.state, STOPPED);
		put(bench, '{"on":true}');
		bench.platform.pass(500);
		equal(onlyColor(bench.lamp.player.colors), BLUE);
	});
});
