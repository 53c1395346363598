import { FAILED, JOINING, paintFirstLight, READY, SET_UP } from "../../../modules/lamp/first-light.js";
import { ALL_BYTES } from "../../../modules/playback/strips.js";
import { equal } from "../../support/assert.js";
import { BLACK, colorOf, GREEN, onlyColor, RED } from "../../support/colors.js";
import { LampBench } from "../../support/lamp.js";

const BLUE_DIM = "000018";
const GREEN_DIM = "001800";

/** How many LEDs are lit, and the color of the first. */
function lit(colors: Uint8Array): string {
	let count = 0;
	for (let led = 0; led < ALL_BYTES / 3; led++) if (colorOf(colors, led) !== BLACK) count++;
	return `${count} ${colorOf(colors, 0)}`;
}

describe("first light", () => {
	it("is another number of LEDs and another color for each condition", () => {
		const rows = [
			[JOINING, `1 ${BLUE_DIM}`],
			[SET_UP, "2 181800"],
			[READY, `3 ${GREEN_DIM}`],
			[FAILED, "4 180000"],
		] as const;
		for (const [condition, expected] of rows) {
			const colors = new Uint8Array(ALL_BYTES);
			paintFirstLight(condition, colors);
			equal(lit(colors), expected);
		}
	});

	it("is there until there is a pattern, and follows the condition", () => {
		const bench = new LampBench();
		bench.pass(500);
		equal(lit(bench.lamp.player.colors), `1 ${BLUE_DIM}`);
		bench.lamp.setCondition(READY);
		bench.pass(500);
		equal(lit(bench.lamp.player.colors), `3 ${GREEN_DIM}`);
		bench.put("a", [RED]);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), RED);
		bench.lamp.setCondition(JOINING);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), RED);
	});

	it("is not there where the lamp was stopped, nor where there are patterns that do not play", () => {
		const bench = new LampBench();
		bench.lamp.stop(bench.now, 0);
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), BLACK);
		bench.put("a", [GREEN]);
		bench.put("b", [GREEN]);
		bench.play("a");
		bench.remove("a");
		bench.pass(500);
		equal(onlyColor(bench.lamp.player.colors), BLACK);
	});

	it("stays quiet: nothing is sent while nothing changes", () => {
		const bench = new LampBench();
		bench.pass(1000);
		const { pictures } = bench.leds;
		bench.pass(60_000);
		equal(bench.leds.pictures, pictures);
	});
});
