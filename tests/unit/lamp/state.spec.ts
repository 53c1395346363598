import { writePlayback } from "../../../modules/lamp/playback-record.js";
import { ChangeError, readChange } from "../../../modules/lamp/state-change.js";
import { stateJson } from "../../../modules/lamp/state-json.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { BLUE, RED } from "../../support/colors.js";
import { toHex } from "../../support/hex.js";
import { LampBench } from "../../support/lamp.js";
import { ascii } from "../../support/store.js";

describe("PLAYBACK", () => {
	it("tells state, brightness and where it goes, gamma, rate, frame, counts, current, limit and name", () => {
		const bench = new LampBench();
		bench.put("ab", [RED, BLUE]);
		bench.pass(500);
		bench.lamp.setBrightness(55, 1000, bench.now);
		bench.lamp.setGamma(300, 0, bench.now);
		bench.pass(100);
		const bytes = new Uint8Array(80);
		const end = writePlayback(bytes, 2, bench.lamp);
		const { shown, milliamps } = bench.lamp.player;
		const [word, half] = [8, 4].map((digits) => (value: number) => value.toString(16).padStart(digits, "0"));
		equal(
			toHex(bytes, 2, end),
			`31002101 01 eb 37 012c 00000a00 00000000 00000002 ${word(shown)} 00000000 ${half(milliamps)} 0000 02 6162`.replace(
				/ /g,
				"",
			),
		);
	});

	it("is the same as JSON", () => {
		const bench = new LampBench();
		const nothing = { state: "stopped", pattern: "", brightness: 255, gamma: 100, fps: 0, frame: 0, frames: 0 };
		deepEqual(JSON.parse(stateJson(bench.lamp, "")), { ...nothing, shown: 0, skipped: 0, milliamps: 320, limit: 0 });
		bench.put("ab", [RED, BLUE]);
		bench.pass(500);
		bench.lamp.setBrightness(55, 1000, bench.now);
		const { shown, milliamps } = bench.lamp.player;
		deepEqual(JSON.parse(stateJson(bench.lamp, "")), {
			state: "playing",
			pattern: "ab",
			brightness: 55,
			gamma: 100,
			fps: 10,
			frame: 1,
			frames: 2,
			shown,
			skipped: 0,
			milliamps,
			limit: 0,
		});
		bench.lamp.problem = "stopped";
		equal(JSON.parse(stateJson(bench.lamp, "")).problem, "stopped");
		equal(JSON.parse(stateJson(bench.lamp, "it stores nothing")).problem, "it stores nothing", "that is worse");
	});
});

describe("a change of the state", () => {
	function read(text: string) {
		const bytes = ascii(`x${text}y`);
		return readChange(bytes, 1, bytes.length - 1);
	}

	it("takes any part of what there is", () => {
		const nothing = { on: undefined, pattern: undefined, brightness: undefined, gamma: undefined, transition: 400 };
		deepEqual(read("{}"), nothing);
		deepEqual(read('{"on":false}'), { ...nothing, on: false });
		deepEqual(read(' { "pattern" : "A b" } '), { ...nothing, pattern: ascii("A b") });
		deepEqual(read('{"brightness":0,"gamma":400,"transition":0}'), {
			...nothing,
			brightness: 0,
			gamma: 400,
			transition: 0,
		});
	});

	it("refuses all else with a sentence", () => {
		const rows: readonly (readonly [string, RegExp])[] = [
			["", /not a JSON object/],
			["[]", /not a JSON object/],
			["1", /not a JSON object/],
			["null", /not a JSON object/],
			["{", /not a JSON object/],
			['{"on":true}}', /not a JSON object/],
			['{"on":{}}', /not a JSON object/],
			['{"on":[true]}', /not a JSON object/],
			["[".repeat(500), /not a JSON object/],
			['{"a":'.repeat(80), /not a JSON object/],
			['{"colour":1}', /^Unknown key "colour"/],
			['{"on":1}', /^on must/],
			['{"pattern":""}', /^pattern must/],
			['{"pattern":7}', /^pattern must/],
			['{"pattern":"a/b"}', /^pattern must/],
			[`{"pattern":"${"a".repeat(33)}"}`, /^pattern must/],
			['{"brightness":256}', /^brightness must/],
			['{"brightness":-1}', /^brightness must/],
			['{"brightness":1.5}', /^brightness must/],
			['{"brightness":"1"}', /^brightness must/],
			['{"gamma":99}', /^gamma must/],
			['{"gamma":401}', /^gamma must/],
			['{"gamma":null}', /^gamma must/],
			['{"transition":65536}', /^transition must/],
		];
		for (const [text, sentence] of rows) {
			throws(
				() => read(text),
				(error) => error instanceof ChangeError && sentence.test(error.message),
			);
		}
	});
});
