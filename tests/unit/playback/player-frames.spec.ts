import { PLAYING, STOPPED } from "../../../modules/playback/player.js";

import { deepEqual, equal, ok } from "../../support/assert.js";

import { BLACK, BLUE, colorOf, GREEN, onlyColor, RED } from "../../support/colors.js";
import { at, MemorySource, plainFile, player, playing } from "../../support/playback.js";

describe("player: frames", () => {
	it("is dark until there is something to play", () => {
		const light = player();
		equal(light.state, STOPPED);
		equal(light.wait(1000), Number.POSITIVE_INFINITY);
		ok(!light.tick(1000));
		deepEqual([light.frame, light.frames, light.fps256, light.shown], [0, 0, 0, 0]);
	});

	it("shows each frame when it is due, and starts over after the last", () => {
		const { light } = playing();
		equal(light.state, PLAYING);
		for (let frame = 0; frame < 10; frame++) {
			const due = 1000 + 100 * frame;
			if (frame > 0) ok(!light.tick(due - 1));
			equal(light.wait(due - 1), frame === 0 ? 0 : 1);
			ok(light.tick(due));
			equal(onlyColor(light.colors), [RED, GREEN, BLUE][frame % 3]);
			equal(light.frame, frame % 3);
			ok(!light.tick(due));
		}
		deepEqual([light.frames, light.fps256, light.shown, light.skipped], [3, 2560, 10, 0]);
	});

	it("sends the LEDs' own order of channels", () => {
		const { light } = playing(["010203"]);
		light.tick(1000);
		equal(onlyColor(light.colors), "010203");
		equal(onlyColor(light.output), "020103");
	});

	it("skips what it is too late for, and never slows down", () => {
		const { light } = playing();
		light.tick(1000);
		equal(at(light, 1399), RED);
		deepEqual([light.frame, light.shown, light.skipped], [0, 2, 2]);
		equal(light.wait(1399), 1);
		equal(at(light, 1400), GREEN);
		// After a halt of some 28 hours.
		equal(at(light, 1000 + 100_000_000), [RED, GREEN, BLUE][1_000_000 % 3]);
		equal(light.shown + light.skipped, 1_000_001);
	});

	it("does not drift in a day, at rates that are no whole number of ms", () => {
		const light = player();
		const colors: string[] = [];
		for (let i = 0; i < 50; i++) colors.push(`${(i + 1).toString(16).padStart(2, "0")}0000`);
		const source = new MemorySource(plainFile(colors, 7672 / 256, 4));
		light.play(source, 12_345, 0);
		for (const passed of [0, 33, 34, 99, 255_999, 256_000, 256_001, 3_600_000, 43_200_000, 86_400_000, 86_400_001]) {
			light.tick(12_345 + passed);
			equal(light.frame, Math.floor((passed * 7672) / 256_000) % 50, `after ${passed} ms`);
			// The next frame is due within one frame's time, and not before.
			const next = passed + light.wait(12_345 + passed);
			equal(Math.floor((next * 7672) / 256_000), Math.floor((passed * 7672) / 256_000) + 1);
			ok(Math.floor(((next - 1) * 7672) / 256_000) === Math.floor((passed * 7672) / 256_000));
		}
	});

	it("lets 1 to 160 LEDs shine on both strips, and gives strip 2 what is more", () => {
		for (const leds of [1, 100, 160, 161, 320]) {
			const light = player();
			light.play(new MemorySource(plainFile([RED], 10, leds)), 0, 0);
			light.tick(0);
			for (const led of [0, 1, 99, 100, 159, 160, 161, 259, 260, 319]) {
				const lit = leds <= 160 ? led % 160 < leds : led < leds;
				equal(colorOf(light.colors, led), lit ? RED : BLACK, `LED ${led} of ${leds}`);
			}
		}
	});

	it("keeps strip 2 behind strip 1 over the loop's seam, dark at first", () => {
		const light = player();
		light.play(new MemorySource(plainFile([RED, GREEN, BLUE], 10, 160, { sync: 1, delay: 200 })), 0, 0);
		const seen: string[] = [];
		for (let now = 0; now < 700; now += 100) {
			light.tick(now);
			equal(colorOf(light.colors, 0), [RED, GREEN, BLUE][(now / 100) % 3]);
			seen.push(colorOf(light.colors, 160));
			equal(colorOf(light.colors, 319), colorOf(light.colors, 160));
		}
		deepEqual(seen, [BLACK, BLACK, RED, GREEN, BLUE, RED, GREEN]);
	});

	it("cuts delays to the 50 frames that the ring holds", () => {
		const colors: string[] = [];
		for (let i = 0; i < 60; i++) colors.push(`0000${(i + 1).toString(16).padStart(2, "0")}`);
		const light = player();
		light.play(new MemorySource(plainFile(colors, 10, 4, { sync: 1, delay: 65_535 })), 0, 0);
		light.tick(4900);
		equal(colorOf(light.colors, 160), BLACK);
		light.tick(5000);
		equal(colorOf(light.colors, 160), "000001");
		light.tick(5900);
		equal(colorOf(light.colors, 160), "00000a");
	});
});
