import { LIVE, LIVE_TIME, PLAYING, STOPPED } from "../../../modules/playback/player.js";
import { ALL_BYTES } from "../../../modules/playback/strips.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { BLACK, BLUE, colorOf, GREEN, onlyColor, RED } from "../../support/colors.js";
import { hex } from "../../support/hex.js";
import { at, MemorySource, plainFile, player, playing } from "../../support/playback.js";

describe("player: live pictures", () => {
	it("shows live pictures over the pattern, until none has come for 2.5 s", () => {
		const { light } = playing();
		light.tick(1000);
		light.show(3, hex("010203 040506"), 0, 6, 1050);
		equal(light.state, LIVE);
		equal(light.wait(1050), 0);
		ok(light.tick(1050));
		deepEqual(
			[2, 3, 4, 5].map((led) => colorOf(light.colors, led)),
			[BLACK, "010203", "040506", BLACK],
		);
		// Frames go on below it, unseen.
		ok(!light.tick(1100));
		equal(light.frame, 1);
		light.show(319, hex("ff 0a0b0c"), 1, 4, 2000);
		ok(light.tick(2000));
		equal(colorOf(light.colors, 3), "010203");
		equal(colorOf(light.colors, 319), "0a0b0c");
		ok(!light.tick(2000 + LIVE_TIME - 1));
		equal(light.state, LIVE);
		ok(light.tick(2000 + LIVE_TIME));
		equal(light.state, PLAYING);
		equal(onlyColor(light.colors), [RED, GREEN, BLUE][35 % 3]);
		deepEqual([light.shown, light.skipped], [2, 0]);
	});

	it("shows live pictures without a pattern too, and is dark after them", () => {
		const light = player();
		const all = new Uint8Array(ALL_BYTES).fill(9);
		light.show(0, all, 0, ALL_BYTES, 0);
		equal(at(light, 0), "090909");
		equal(at(light, LIVE_TIME), BLACK);
		equal(light.state, STOPPED);
		equal(light.wait(LIVE_TIME), Number.POSITIVE_INFINITY);
	});

	it("refuses live pictures for LEDs that there are not", () => {
		const light = player();
		for (const [first, size] of [
			[0, 963],
			[319, 6],
			[320, 3],
			[-1, 3],
			[0, 4],
		]) {
			throws(
				() => light.show(first, new Uint8Array(size), 0, size, 0),
				(error) => error instanceof RangeError,
			);
		}
		equal(light.state, STOPPED);
		light.show(320, new Uint8Array(0), 0, 0, 0);
	});

	it("ends a live picture at a command to play or to stop, with a fade from it", () => {
		const light = player();
		light.show(0, new Uint8Array(ALL_BYTES).fill(200), 0, ALL_BYTES, 0);
		light.tick(0);
		light.play(new MemorySource(plainFile([BLACK, RED], 1)), 0);
		equal(light.state, PLAYING);
		equal(at(light, 200), "646464");
		light.show(0, hex("646464"), 0, 3, 300);
		light.stop(300, 0);
		equal(light.state, STOPPED);
		equal(at(light, 300), BLACK);
	});

	it("goes on with live pictures while the pattern below them ends, or one comes that nobody asked for", () => {
		const { light, source } = playing();
		light.tick(1000);
		light.show(0, hex("010203"), 0, 3, 1050);
		light.tick(1050);
		light.end(1100);
		equal(source.closed, 1);
		light.tick(1100);
		equal(light.state, LIVE);
		equal(colorOf(light.colors, 0), "010203");
		equal(light.wait(1100), 1050 + LIVE_TIME - 1100, "nothing fades below them");
		light.play(new MemorySource(plainFile([BLUE], 10)), 1200, 400, true);
		light.tick(1200);
		equal(light.state, LIVE);
		equal(colorOf(light.colors, 0), "010203");
		equal(at(light, 1050 + LIVE_TIME), BLUE);
		equal(light.state, PLAYING);
	});
});
