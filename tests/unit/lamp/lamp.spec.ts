import { NOT_STORED, NOTHING_PLAYED, PRISM_REQUIRED, SHOW_INVALID } from "../../../modules/core/errors.js";
import { SAVE_INTERVAL } from "../../../modules/lamp/keeper.js";
import { LIVE, PAUSED, PLAYING, STOPPED } from "../../../modules/playback/player.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { BLACK, BLUE, GREEN, onlyColor, RED } from "../../support/colors.js";
import { hex } from "../../support/hex.js";
import { LampBench } from "../../support/lamp.js";
import { ascii, pattern, refused } from "../../support/store.js";

describe("lamp: patterns by their names", () => {
	it("plays what is stored, on the LEDs, and is dark when it is stopped", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.put("b", [GREEN, BLUE]);
		bench.play("b");
		bench.pass(50);
		equal(bench.leds.first, "ff0000", "green, in the LEDs' order");
		bench.pass(100);
		equal(bench.leds.first, "0000ff");
		equal(bench.lamp.player.state, PLAYING);
		bench.lamp.stop(bench.now, 0);
		bench.pass(0);
		equal(bench.leds.first, "000000");
		equal(bench.lamp.player.state, STOPPED);
	});

	it("refuses what is not stored, and what is no pattern, and goes on as before", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.play("a");
		bench.putFile("bytes", pattern(700, 1));
		throws(() => bench.play("b"), refused(NOT_STORED));
		for (let i = 0; i < 10; i++) throws(() => bench.play("bytes"), refused(PRISM_REQUIRED));
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), RED);
		equal(bench.lamp.nameLength, 1);
	});

	it("plays what was played last when no name is given", () => {
		const bench = new LampBench(undefined, false);
		throws(() => bench.lamp.playLast(bench.now), refused(NOTHING_PLAYED));
		bench.put("a", [RED]);
		bench.put("b", [BLUE]);
		bench.play("b");
		bench.lamp.stop(bench.now, 0);
		bench.lamp.playLast(bench.now, 0);
		bench.pass(50);
		equal(onlyColor(bench.lamp.player.colors), BLUE);
	});

	it("sends the newest picture as soon as busy LEDs are free", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.pass(500);
		const { pictures } = bench.leds;
		bench.leds.busy = true;
		bench.lamp.stop(bench.now, 0);
		bench.pass(0);
		equal(bench.leds.pictures, pictures);
		bench.leds.busy = false;
		bench.pass(50);
		equal(bench.leds.pictures, pictures + 1);
		equal(bench.leds.first, "000000");
	});

	it("shows live pictures, and refuses what is none", () => {
		const bench = new LampBench();
		bench.lamp.show(0, hex("0a0b0c"), 0, 3, bench.now);
		bench.pass(0);
		equal(bench.leds.first, "0b0a0c");
		equal(bench.lamp.player.state, LIVE);
		throws(() => bench.lamp.show(320, hex("0a0b0c"), 0, 3, bench.now), refused(SHOW_INVALID));
		throws(() => bench.lamp.show(0, hex("0a0b"), 0, 2, bench.now), refused(SHOW_INVALID));
		bench.pass(3000);
		equal(bench.lamp.player.state, STOPPED);
	});

	it("stands still and goes on", () => {
		const bench = new LampBench();
		bench.put("a", [RED, GREEN]);
		bench.pass(0);
		bench.lamp.pause(bench.now);
		equal(bench.lamp.player.state, PAUSED);
		bench.pass(1000);
		equal(bench.lamp.player.frame, 0);
		bench.lamp.resume(bench.now);
		bench.pass(100);
		equal(bench.lamp.player.frame, 1);
	});
});

describe("lamp: what is uploaded and deleted", () => {
	it("plays the first pattern ever stored, and not the second", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.put("b", [BLUE]);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), RED);
	});

	it("does not play the first one where it was stopped, and leaves what is no pattern alone", () => {
		const bench = new LampBench();
		bench.putFile("bytes", pattern(700, 1));
		equal(bench.lamp.nameLength, 0);
		bench.lamp.stop(bench.now);
		bench.put("a", [RED]);
		equal(bench.lamp.player.playing, false);
	});

	it("goes over to a new version at the end of the loop", () => {
		const bench = new LampBench();
		bench.put("a", [RED, RED, RED]);
		bench.pass(700);
		bench.put("a", [BLUE]);
		bench.pass(150);
		equal(onlyColor(bench.lamp.player.colors), RED);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), BLUE);
	});

	it("lets a deleted pattern fade out, and plays it when it is there again", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.put("b", [GREEN]);
		bench.pass(500);
		bench.remove("b");
		equal(bench.lamp.player.state, PLAYING);
		bench.remove("a");
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), "mixed", "the first light");
		bench.put("c", [GREEN]);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), GREEN, "the only one there is");
		bench.remove("c");
		bench.lamp.stop(bench.now, 0);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), BLACK);
	});

	it("leaves live pictures alone, whatever is stored and deleted below them", () => {
		const bench = new LampBench();
		bench.lamp.show(0, hex("0a0b0c"), 0, 3, bench.now);
		bench.put("a", [RED]);
		bench.pass(50);
		equal(`${bench.lamp.player.state} ${bench.leds.first}`, `${LIVE} 0b0a0c`);
		bench.remove("a");
		bench.pass(50);
		equal(`${bench.lamp.player.state} ${bench.leds.first}`, `${LIVE} 0b0a0c`);
		bench.put("a", [BLUE]);
		bench.pass(3000);
		equal(onlyColor(bench.lamp.player.colors), BLUE);
	});

	it("holds no reader when it has stopped", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		for (let i = 0; i < 20; i++) {
			bench.put("a", [RED, BLUE]);
			bench.play("a");
			bench.put("a", [GREEN]);
			bench.lamp.stop(bench.now, 0);
		}
		bench.remove("a");
		equal(bench.store.usedBytes, 0);
	});
});

describe("lamp: after a loss of power", () => {
	it("plays what it played, at the brightness and gamma that it had", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.put("b", [BLUE]);
		bench.play("b");
		bench.lamp.setBrightness(128, 100, bench.now);
		bench.lamp.setGamma(220, 0, bench.now);
		bench.pass(SAVE_INTERVAL + 50);
		equal(bench.saved, "on 128 220 b");
		const again = bench.restart();
		again.pass(500);
		equal(onlyColor(again.lamp.player.colors), BLUE);
		equal(again.lamp.player.brightness.value, 128);
		equal(again.lamp.player.gamma.value, 220);
	});

	it("stays dark where it was stopped, and plays what was paused", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.lamp.pause(bench.now);
		bench.pass(SAVE_INTERVAL + 50);
		equal(bench.restart().lamp.player.state, PLAYING);
		bench.lamp.stop(bench.now);
		bench.pass(SAVE_INTERVAL + 50);
		const again = bench.restart();
		equal(again.lamp.player.state, STOPPED);
		again.lamp.playLast(again.now);
		equal(again.lamp.player.state, PLAYING);
	});

	it("starts with darkness on the LEDs, which keep their colors over a restart", () => {
		const bench = new LampBench();
		bench.lamp.stop(bench.now, 0);
		bench.pass(SAVE_INTERVAL + 50);
		const again = bench.restart();
		equal(again.leds.pictures, 1);
		equal(again.leds.first, "000000");
	});

	it("plays nothing by itself after too many crashes, says so, and does what it is told", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.pass(SAVE_INTERVAL + 50);
		const again = bench.restart(true);
		equal(again.lamp.player.state, STOPPED);
		ok(again.lines.some((line) => line.includes("crashed three times in a row")));
		again.put("a", [BLUE]);
		equal(again.lamp.player.state, STOPPED);
		const name = ascii("a");
		again.lamp.play(name, 0, 1, again.now, 0);
		equal(again.lamp.player.state, PLAYING);
		equal(again.lamp.problem, "");
	});

	it("comes up where the pattern is gone", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.put("b", [RED]);
		bench.pass(SAVE_INTERVAL + 50);
		bench.remove("a");
		const again = bench.restart();
		equal(again.lamp.player.state, STOPPED);
		equal(again.lines.length, 1);
		again.put("a", [GREEN]);
		again.pass(500);
		equal(onlyColor(again.lamp.player.colors), GREEN);
	});
});

describe("lamp: whoever looks on", () => {
	it("is told of each picture, and of what changes, by commands and by itself", () => {
		const bench = new LampBench();
		let shown = 0;
		let changed = 0;
		bench.lamp.watch({ shown: () => shown++, changed: () => changed++ });
		bench.put("a", [RED, BLUE]);
		bench.pass(950);
		ok(shown >= 10, `${shown} pictures`);
		const before = changed;
		bench.pass(5000);
		equal(changed, before, "a pattern that plays changes nothing");
		bench.lamp.setBrightness(1, 0, bench.now);
		equal(changed, before + 1);
		bench.lamp.show(0, hex("000000"), 0, 3, bench.now);
		bench.pass(0);
		equal(changed, before + 2);
		bench.pass(2600);
		equal(changed, before + 3);
	});

	it("is told when brightness or gamma has come to where it was to go", () => {
		const bench = new LampBench();
		const told: number[] = [];
		const { brightness, gamma } = bench.lamp.player;
		bench.lamp.watch({ shown() {}, changed: () => told.push(brightness.value, gamma.value) });
		bench.lamp.setBrightness(55, 1000, bench.now);
		bench.pass(2000);
		deepEqual(told, [255, 100, 55, 100]);
		bench.lamp.setGamma(200, 0, bench.now);
		bench.pass(2000);
		deepEqual(told, [255, 100, 55, 100, 55, 200]);
	});

	it("is told when a pattern ends by itself, and so is the log", () => {
		const bench = new LampBench();
		bench.put("a", [RED]);
		bench.pass(0);
		bench.putFile("a", pattern(700, 1));
		bench.pass(500);
		equal(bench.lamp.player.state, STOPPED);
		ok(
			bench.lines.some((line) => line.includes(`"a" has ended: ${PRISM_REQUIRED.reason}`)),
			bench.lines.join("\n"),
		);
	});
});
