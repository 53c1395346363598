import { PAUSED, PLAYING, STOPPED } from "../../../modules/playback/player.js";

import { equal, ok } from "../../support/assert.js";

import { BLACK, BLUE, GREEN, onlyColor, RED } from "../../support/colors.js";
import { at, MemorySource, plainFile, player, playing } from "../../support/playback.js";

describe("player: changes", () => {
	it("goes over from what was shown into another pattern in 400 ms, also from and into darkness", () => {
		const light = player();
		light.play(new MemorySource(plainFile(["c80000"], 1)), 0);
		equal(at(light, 0), BLACK);
		equal(at(light, 100), "320000");
		equal(light.wait(100), 20);
		ok(!light.tick(119));
		equal(at(light, 200), "640000");
		const other = new MemorySource(plainFile(["0000c8"], 1));
		light.play(other, 200);
		equal(at(light, 200), "640000");
		equal(at(light, 400), "320064");
		equal(at(light, 600), "0000c8");
		equal(light.wait(600), 600);
		light.stop(700);
		equal(light.state, STOPPED);
		equal(other.closed, 1);
		equal(at(light, 900), "000064");
		equal(at(light, 1100), BLACK);
		equal(light.wait(1100), Number.POSITIVE_INFINITY);
		ok(!light.tick(1200));
	});

	it("starts a pattern anew that plays already", () => {
		const { light, source } = playing();
		light.tick(1100);
		const again = new MemorySource(source.file);
		light.play(again, 1150, 0);
		equal(source.closed, 1);
		equal(at(light, 1150), RED);
		equal(light.wait(1150), 100);
	});

	it("stands still while it is paused, and goes on where it was", () => {
		const { light } = playing();
		ok(!light.resume(1000));
		equal(at(light, 1000), RED);
		equal(at(light, 1100), GREEN);
		ok(light.pause(1130));
		ok(!light.pause(1140));
		equal(light.state, PAUSED);
		equal(light.wait(1130), Number.POSITIVE_INFINITY);
		ok(!light.tick(9999));
		equal(light.frame, 1);
		ok(light.resume(10_030));
		equal(light.state, PLAYING);
		equal(light.wait(10_030), 70);
		ok(!light.tick(10_099));
		equal(at(light, 10_100), BLUE);
		equal(light.skipped, 0);
		light.stop(10_100);
		ok(!light.pause(10_100) && !light.resume(10_100));
	});

	it("ramps brightness in a straight line, from wherever it is, while it is paused too", () => {
		const { light } = playing(["ffffff"]);
		light.tick(1000);
		light.pause(1000);
		const level = (now: number) => {
			light.tick(now);
			return light.output[0];
		};
		light.setBrightness(55, 1000, 1000);
		equal(light.brightness.target, 55);
		equal(level(1000), 255);
		equal(light.wait(1000), 20);
		equal(level(1500), 155);
		light.setBrightness(255, 100, 1500);
		equal(level(1550), 205);
		equal(level(1600), 255);
		equal(light.wait(1600), Number.POSITIVE_INFINITY);
		light.setBrightness(0, 0, 1600);
		equal(light.wait(1600), 0);
		equal(level(1600), 0);
		equal(onlyColor(light.colors), "ffffff");
	});

	it("ramps gamma", () => {
		const { light } = playing(["808080"]);
		light.setGamma(200, 100, 1000);
		light.tick(1000);
		equal(light.output[0], 128);
		light.tick(1100);
		equal(light.output[0], 64);
		equal(light.gamma.value, 200);
	});

	it("keeps within the power limit by dimming the whole frame, and says what flows", () => {
		for (const [limit, color, milliamps, level] of [
			[0, "ffffff", 320 + 320 * 55, 255],
			[2000, "ffffff", 2000, 24],
			[2000, BLACK, 320, 0],
			[2000, "0a0a0a", 320 + 690, 10],
			[320, "ffffff", 320, 0],
			[100, "ffffff", 320, 0],
		] as const) {
			const light = player({ powerLimit: limit });
			light.play(new MemorySource(plainFile([color], 10)), 0, 0);
			light.tick(0);
			equal(light.output[0], level, `at ${limit} mA`);
			equal(onlyColor(light.colors), color);
			if (level === 24) ok(light.milliamps <= 2000 && light.milliamps > 1900, `${light.milliamps}`);
			else equal(light.milliamps, milliamps);
		}
	});
});
