import {
	CONTROL_INVALID,
	GAMMA_INVALID,
	NAME_INVALID,
	NOT_STORED,
	NOTHING_PLAYED,
	PRISM_REQUIRED,
	SHOW_INVALID,
} from "../../../modules/core/errors.js";
import { LIVE, PAUSED, PLAYING, STOPPED } from "../../../modules/playback/player.js";
import type { Session } from "../../../modules/transfer/session.js";
import { RECEIVING } from "../../../modules/transfer/state-table.js";
import { equal, ok } from "../../support/assert.js";
import { BLUE, colorOf, onlyColor, RED } from "../../support/colors.js";
import { toHex } from "../../support/hex.js";
import { LampBench } from "../../support/lamp.js";
import { solidFile } from "../../support/prism.js";
import { pattern } from "../../support/store.js";
import { Bench, OK, reasonOf, SILENCE } from "../../support/transfer.js";

/** A K1 with a lamp, the patterns "a" and "b" and the file "c", which is no pattern. */
function k1(): { light: LampBench; bench: Bench; session: Session; say: (message: string) => string } {
	const bench = new Bench();
	const light = new LampBench(bench.flash, false, undefined, bench.store);
	bench.lamp = light.lamp;
	const session = bench.session();
	light.put("a", [RED, RED]);
	light.put("b", [BLUE]);
	light.putFile("c", pattern(700, 1));
	light.pass(500);
	const say = (message: string) => {
		bench.now = light.now;
		const answer = bench.say(session, message);
		light.pass(0);
		return answer;
	};
	return { light, bench, session, say };
}

describe("CONTROL", () => {
	it("plays, stops, lets stand still and go on", () => {
		const { light, say } = k1();
		const { player } = light.lamp;
		equal(say("22 0002 01 62"), OK);
		light.pass(500);
		equal(onlyColor(player.colors), BLUE);
		equal(say("22 0001 03"), OK);
		equal(player.state, PAUSED);
		equal(say("22 0001 04"), OK);
		equal(player.state, PLAYING);
		equal(say("22 0001 02"), OK);
		equal(player.state, STOPPED);
		equal(say("22 0001 03"), OK, "nothing to let stand still is no error");
		equal(say("22 0001 01"), OK);
		light.pass(500);
		equal(onlyColor(player.colors), BLUE);
	});

	it("goes to a brightness and a gamma in the time given", () => {
		const { light, say } = k1();
		const { brightness, gamma } = light.lamp.player;
		equal(say("22 0004 10 37 03e8"), OK);
		equal(say("22 0005 11 012c 03e8"), OK);
		light.pass(500);
		equal(brightness.value, 155);
		equal(gamma.value, 200);
		light.pass(500);
		equal(brightness.value, 55);
		equal(gamma.value, 300);
	});

	it("tells the state", () => {
		const { say } = k1();
		ok(say("22 0001 00").startsWith("310020" + "0101ffff0064" + "00000a00"));
	});

	it("lets a client watch, with 30 frames a second at most, until it is gone", () => {
		const { session, say } = k1();
		equal(say("22 0002 20 0a"), OK);
		equal(session.watchFps, 10);
		equal(say("22 0002 20 ff"), OK);
		equal(session.watchFps, 30);
		session.close();
		equal(session.watchFps, 0);
		session.watchFps = 5;
		session.open("10.0.0.2");
		equal(session.watchFps, 0);
	});

	it("lets a client have the log, up to debug, until it is gone", () => {
		const { session, say } = k1();
		equal(say("22 0002 21 02"), OK);
		equal(session.lines.level, 2);
		equal(say("22 0002 21 ff"), OK);
		equal(session.lines.level, 4);
		session.close();
		equal(session.lines.level, 0);
	});

	it("that is refused says why, and leaves lamp and upload alone", () => {
		const rows = [
			["22 0000", CONTROL_INVALID],
			["22 0001 05", CONTROL_INVALID],
			["22 0001 21", CONTROL_INVALID],
			["22 0002 00 00", CONTROL_INVALID],
			["22 0002 02 00", CONTROL_INVALID],
			["22 0002 03 00", CONTROL_INVALID],
			["22 0002 04 00", CONTROL_INVALID],
			["22 0003 10 01 00", CONTROL_INVALID],
			["22 0005 10 01 0000 00", CONTROL_INVALID],
			["22 0004 11 0064 00", CONTROL_INVALID],
			["22 0005 11 0063 0000", GAMMA_INVALID],
			["22 0005 11 0191 0000", GAMMA_INVALID],
			["22 0001 20", CONTROL_INVALID],
			["22 0003 20 01 01", CONTROL_INVALID],
			["22 0002 01 2f", NAME_INVALID],
			["22 0002 01 7a", NOT_STORED],
			["22 0002 01 63", PRISM_REQUIRED],
			["23 0000", SHOW_INVALID],
			["23 0001 00", SHOW_INVALID],
			["23 0003 0000 01", SHOW_INVALID],
			["23 0005 0140 010203", SHOW_INVALID],
		] as const;
		const { light, session, say } = k1();
		equal(say("10 0001 64"), OK);
		equal(say("11 0002 aabb"), SILENCE);
		for (const [message, refusal] of rows) {
			equal(reasonOf(say(message)), refusal.reason, message);
			equal(session.state, RECEIVING, message);
			equal(onlyColor(light.lamp.player.colors), RED, message);
		}
		equal(say("22 0001 03"), OK, "commands are taken while a pattern comes");
		equal(say("12 0000"), OK);
	});

	it("PLAY without a name is refused where none was played", () => {
		const bench = new Bench();
		bench.lamp = new LampBench(bench.flash, false, undefined, bench.store).lamp;
		equal(reasonOf(bench.say(bench.session(), "22 0001 01")), NOTHING_PLAYED.reason);
	});
});

describe("SHOW", () => {
	it("shows at once, without an answer, on both strips", () => {
		const { light, say } = k1();
		equal(say("23 0008 009f 010203 040506"), SILENCE);
		equal(light.lamp.player.state, LIVE);
		equal(colorOf(light.lamp.player.colors, 159), "010203");
		equal(colorOf(light.lamp.player.colors, 160), "040506");
		light.pass(2600);
		equal(onlyColor(light.lamp.player.colors), RED);
	});
});

describe("an upload and the lamp", () => {
	it("plays what is the first to be stored, and lets what is deleted fade out", () => {
		const bench = new Bench();
		const light = new LampBench(bench.flash, false, undefined, bench.store);
		bench.lamp = light.lamp;
		const session = bench.session();
		const file = solidFile([RED], 10);
		for (const message of [`10 0001 61`, `11 ${(0x10000 + file.length).toString(16).slice(1)} ${toHex(file)}`]) {
			bench.say(session, message);
		}
		equal(bench.say(session, "12 0000"), OK);
		equal(light.lamp.player.state, PLAYING);
		equal(bench.say(session, "20 0001 61"), OK);
		equal(light.lamp.player.state, STOPPED);
	});
});
