import { readFile } from "node:fs/promises";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { print, printJson } from "../output.js";
import { callersPath } from "../paths.js";
import { pngOf } from "../pattern/pictures.js";
import { framesOf } from "../pattern/reading.js";
import { settingsOf, TEXT_KEY } from "../pattern/settings.js";
import { writeWhole } from "../whole-file.js";

/** Makes a picture of a pattern: a row a frame, a column a LED, its colors as they are. */
export async function exportPattern(context: Context, file: string, picture: string): Promise<number> {
	const { header, frames } = framesOf(file, await readFile(callersPath(file)));
	// What a picture does not show goes with it as text, and encode reads it.
	const text = { [TEXT_KEY]: JSON.stringify(settingsOf(header)) };
	writeWhole(callersPath(picture), pngOf(frames, text));
	if (context.json) printJson({ file: picture, width: header.leds, height: frames.length });
	else print(`${picture}: ${header.leds} x ${frames.length} pixels, a row a frame`);
	return DONE;
}
