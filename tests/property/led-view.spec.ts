import { stripVTControlCharacters } from "node:util";
import { drawStrips } from "../../host-shim/simulator/leds/draw.js";
import { obstacleTo } from "../../host-shim/simulator/leds/view.js";
import { equal, ok } from "../support/assert.js";

/** A picture whose LEDs tell their own number: strip 1 in red, strip 2 in green. */
function numbered(): Uint8Array {
	const colors = new Uint8Array(960);
	for (let led = 0; led < 160; led++) {
		colors[3 * led] = led;
		colors[480 + 3 * led + 1] = led;
	}
	return colors;
}

describe("strips drawn in a terminal", () => {
	it("are two lines, never wider than the terminal", () => {
		for (const columns of [1, 2, 20, 79, 80, 81, 120, 159, 160, 161, 300]) {
			const lines = drawStrips(numbered(), columns).split("\n");
			equal(lines.length, 2);
			for (const line of lines) {
				const { length } = stripVTControlCharacters(line);
				ok(length <= columns && length > 0, `${length} cells in ${columns} columns`);
				ok(line.endsWith("\u001b[0m"));
			}
		}
	});

	it("show strip 2 above strip 1, each LED in its own color", () => {
		const [above, below] = drawStrips(numbered(), 160).split("\n");
		for (const led of [0, 1, 80, 159]) {
			ok(above.includes(`48;2;0;${led};0m `), `${led} above`);
			ok(below.includes(`48;2;${led};0;0m `), `${led} below`);
		}
	});

	it("show two LEDs a cell in 80 columns, and means of some in fewer", () => {
		const [, below] = drawStrips(numbered(), 80).split("\n");
		ok(below.startsWith("\u001b[38;2;0;0;0m\u001b[48;2;1;0;0m▌\u001b[38;2;2;0;0m"), JSON.stringify(below.slice(0, 60)));
		const [, narrow] = drawStrips(numbered(), 20).split("\n");
		// The first of 40 halves is the mean of LEDs 0 to 3.
		ok(narrow.startsWith("\u001b[38;2;2;0;0m\u001b[48;2;6;0;0m▌"), JSON.stringify(narrow.slice(0, 60)));
	});

	it("need a terminal, with color", () => {
		const terminal = { isTTY: true } as NodeJS.WriteStream;
		equal(obstacleTo(terminal, {}), "");
		equal(obstacleTo(terminal, { NO_COLOR: "" }), "");
		ok(obstacleTo(terminal, { NO_COLOR: "1" }).includes("NO_COLOR"));
		ok(obstacleTo(terminal, { TERM: "dumb" }).includes("cursor"));
		ok(obstacleTo({} as NodeJS.WriteStream, {}).includes("terminal"));
	});
});
