import { STRIP_BYTES } from "../../modules/playback/strips.js";
import { COLORED, dim } from "./colors.js";
import { resized } from "./pattern/resized.js";
import { hideCursor } from "./terminal.js";

/** What stands in front of a strip. */
const LABELS = ["top    ", "bottom "] as const;
/** Light without colors, from dark to bright. */
const SHADES = " .:-=+*#%@";
/** Cells of a strip at the most: one for each LED. */
const MOST_CELLS = 160;
/** Cells where nobody knows how wide it is. */
const PLAIN_CELLS = 72;

/** A strip as a line of cells. @param colors R, G, B for its LEDs */
function lineOf(colors: Uint8Array, cells: number): string {
	const picture = resized(colors, cells);
	let line = "";
	let before = -1;
	for (let i = 0; i < picture.length; i += 3) {
		const [red, green, blue] = picture.subarray(i, i + 3);
		if (!COLORED) {
			line += SHADES[Math.round((Math.max(red, green, blue) * (SHADES.length - 1)) / 255)];
			continue;
		}
		const color = (red << 16) | (green << 8) | blue;
		if (color !== before) line += `\x1b[38;2;${red};${green};${blue}m`;
		before = color;
		line += "█";
	}
	return COLORED ? `${line}\x1b[39m` : line;
}

/** A frame as a line of text, where there is no terminal: its number, and strip 1. */
export function plainLine(frame: number, colors: Uint8Array): string {
	return `${String(frame).padStart(5)} ${lineOf(colors.subarray(0, STRIP_BYTES), PLAIN_CELLS)}`;
}

/** Both strips, drawn again and again in the same place of a terminal; as the device has them, strip 2 is on top. */
export class Screen {
	#drawn = false;

	/** @param colors R, G, B for 320 LEDs, strip 1 first; @param caption a line below, without colors */
	draw(colors: Uint8Array, caption: string): void {
		const columns = process.stdout.columns || 80;
		const cells = Math.max(1, Math.min(MOST_CELLS, columns - LABELS[0].length - 1));
		hideCursor();
		const up = this.#drawn ? "\x1b[3A\r" : "";
		this.#drawn = true;
		const top = `${dim(LABELS[0])}${lineOf(colors.subarray(STRIP_BYTES), cells)}`;
		const bottom = `${dim(LABELS[1])}${lineOf(colors.subarray(0, STRIP_BYTES), cells)}`;
		process.stdout.write(`${up}${top}\x1b[K\n${bottom}\x1b[K\n${caption.slice(0, columns - 1)}\x1b[K\n`);
	}
}
