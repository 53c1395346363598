import { STRIP_BYTES, STRIP_LEDS } from "../../../modules/playback/strips.js";

/** A cell that shows two LEDs side by side: the left half in the one color, the right in the other. */
const HALVES = "▌";
const RESET = "\u001b[0m";

/**
 * Both strips as two lines of a terminal in true color, no wider than `columns`: strip 2, the top edge, above strip 1, the bottom edge. With
 * 160 columns a LED has a cell of its own; with fewer a cell shows two LEDs, or in its halves the mean of some.
 * @param colors R, G, B of strip 1, then of strip 2: 960 bytes
 */
export function drawStrips(colors: Uint8Array, columns: number): string {
	return `${drawStrip(colors.subarray(STRIP_BYTES), columns)}\n${drawStrip(colors.subarray(0, STRIP_BYTES), columns)}`;
}

function drawStrip(colors: Uint8Array, columns: number): string {
	let line = "";
	if (columns >= STRIP_LEDS) {
		for (let led = 0; led < STRIP_LEDS; led++) line += `${background(mean(colors, led, led + 1))} `;
		return line + RESET;
	}
	const halves = Math.min(STRIP_LEDS, 2 * columns);
	const color = (half: number) =>
		mean(colors, Math.floor((half * STRIP_LEDS) / halves), Math.floor(((half + 1) * STRIP_LEDS) / halves));
	for (let half = 0; half < halves; half += 2) {
		line += foreground(color(half)) + background(color(half + 1)) + HALVES;
	}
	return line + RESET;
}

/** The mean of the LEDs from `first` up to `last`. */
function mean(colors: Uint8Array, first: number, last: number): number[] {
	return [0, 1, 2].map((channel) => {
		let sum = 0;
		for (let led = first; led < last; led++) sum += colors[3 * led + channel];
		return Math.round(sum / (last - first));
	});
}

// ISO 8613-6: 38 and 48 with 2 are direct colors.
function foreground([red, green, blue]: number[]): string {
	return `\u001b[38;2;${red};${green};${blue}m`;
}

function background([red, green, blue]: number[]): string {
	return `\u001b[48;2;${red};${green};${blue}m`;
}
