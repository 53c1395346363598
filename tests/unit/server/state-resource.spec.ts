import { PLAYING, STOPPED } from "../../../modules/playback/player.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { BLUE, onlyColor } from "../../support/colors.js";
import { bodyOf, HOST, statusOf } from "../../support/server.js";
import { get, k1, put } from "../../support/state.js";

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

	it("takes a body of 512 bytes, and no longer one", () => {
		const bench = k1();
		const body = `{"on":true,"pattern":"a"${" ".repeat(487)}}`;
		equal(body.length, 512);
		equal(statusOf(put(bench, body)), 200);
		equal(statusOf(put(bench, `${body} `)), 413);
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
