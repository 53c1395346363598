import { encodePattern } from "../../../modules/pattern/encoder/encode.js";
import { MAX_PATTERN_SIZE } from "../../../modules/storage/geometry.js";
import type { Context } from "../context.js";
import { DONE, USAGE } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { note, print, printJson, whole } from "../output.js";
import { callersPath } from "../paths.js";
import { figuresOf } from "../pattern/figures.js";
import { checkWidth, readRows } from "../pattern/pictures.js";
import { resized } from "../pattern/resized.js";
import { type Settings, settingsIn, strip2Of } from "../pattern/settings.js";
import { writeWhole } from "../whole-file.js";

/** Frames a second where neither the picture nor the caller says it. */
const DEFAULT_FPS = 24;

export interface EncodeOptions extends Partial<Settings> {
	readonly leds?: number;
}

/** Makes a pattern of a picture. */
export async function encode(context: Context, from: string, to: string, options: EncodeOptions): Promise<number> {
	const rows = readRows(callersPath(from));
	const { leds } = options;
	const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
	const settings: Partial<Settings> = { fps: rows.fps, ...settingsIn(rows.text), ...given };
	const fps = settings.fps ?? DEFAULT_FPS;
	const frames = leds === undefined ? rows.frames : rows.frames.map((frame) => resized(frame, leds));
	checkWidth(from, frames);
	const colors = new Set<number>();
	for (const frame of frames) {
		for (let i = 0; i < frame.length; i += 3) colors.add((frame[i] << 16) | (frame[i + 1] << 8) | frame[i + 2]);
	}
	let bytes: Uint8Array;
	try {
		bytes = encodePattern({ leds: frames[0].length / 3, fps, frames, strip2: strip2Of(settings) });
	} catch (error) {
		if (error instanceof RangeError) throw new Failure(`${from}: ${error.message}`, USAGE);
		throw error;
	}
	if (bytes.length > MAX_PATTERN_SIZE) {
		throw new Failure(
			`${from} makes ${whole(bytes.length)} bytes, and a device takes ${whole(MAX_PATTERN_SIZE)}; take fewer frames`,
		);
	}
	const { notes } = figuresOf(to, bytes);
	writeWhole(callersPath(to), bytes);
	if (context.json) {
		printJson({
			file: to,
			size: bytes.length,
			leds: frames[0].length / 3,
			frames: frames.length,
			fps,
			colors: colors.size,
		});
	} else {
		print(
			`${to}: ${whole(bytes.length)} bytes, ${frames.length} frames of ${frames[0].length / 3} LEDs at ${fps} a second`,
		);
		if (colors.size > 64) note(`${whole(colors.size)} colors were brought down to the 64 that come nearest`);
		for (const each of notes) note(each);
	}
	return DONE;
}
