/** Colors as the specs of playback have them, and what is to be seen in a picture. */

import { ALL_BYTES } from "../../modules/playback/strips.js";

/** The color of a LED as digits RRGGBB, strip 2 from 160 on. */
export function colorOf(colors: Uint8Array, led: number): string {
	let digits = "";
	for (let i = 3 * led; i < 3 * led + 3; i++) digits += colors[i].toString(16).padStart(2, "0");
	return digits;
}

/** The color that all LEDs have, or "mixed". */
export function onlyColor(colors: Uint8Array): string {
	for (let i = 3; i < ALL_BYTES; i++) if (colors[i] !== colors[i - 3]) return "mixed";
	return colorOf(colors, 0);
}

export const RED = "ff0000";
export const GREEN = "00ff00";
export const BLUE = "0000ff";
export const BLACK = "000000";
