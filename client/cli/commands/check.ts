import { readFile } from "node:fs/promises";
import { bold, green, red, yellow } from "../colors.js";
import type { Context } from "../context.js";
import { DONE, FAILED } from "../exit-codes.js";
import { describe } from "../failure.js";
import { note, print, printJson, size, whole } from "../output.js";
import { callersPath } from "../paths.js";
import { type Figures, figuresOf } from "../pattern/figures.js";

/** Faults of a file that are printed; one wrong length makes all that follows look wrong. */
const MOST_PRINTED = 20;

/** Says everything about .prism files. No device is needed. */
export async function check(context: Context, files: readonly string[]): Promise<number> {
	const all: Figures[] = [];
	let unread = 0;
	for (const file of files) {
		let bytes: Uint8Array;
		try {
			bytes = await readFile(callersPath(file));
		} catch (error) {
			note(describe(error).sentences);
			unread++;
			continue;
		}
		const figures = figuresOf(file, bytes);
		all.push(figures);
		if (!context.json) show(figures);
	}
	if (context.json) printJson(all);
	return unread === 0 && all.every(({ valid }) => valid) ? DONE : FAILED;
}

function show(figures: Figures): void {
	const { file, valid, problems, notes } = figures;
	const count = problems.length;
	print(`${bold(file)}: ${valid ? green("valid") : red(`${count} problem${count === 1 ? "" : "s"}`)}`);
	if (figures.version !== "") {
		const { leds, frames, fps, palette, metadata } = figures;
		print(`  ${whole(figures.size)} bytes, CRC-32 ${figures.crc32}, version ${figures.version}`);
		print(`  ${leds} LEDs, ${whole(frames)} frames at ${round(fps)} a second: ${round(figures.seconds)} s`);
		print(`  palette of ${palette} colors${valid ? `; ${encodingOf(figures)}` : ""}`);
		print(`  strip 2: ${strip2Of(figures)}`);
		if (valid) print(`  ${whole(figures.milliamps)} mA at the most, at full brightness and without a limit`);
		if (metadata !== "") print(`  carries ${size(metadata.length)} of text`);
	}
	for (const problem of problems.slice(0, MOST_PRINTED)) print(`  ${red("problem:")} ${problem}`);
	if (count > MOST_PRINTED) print(`  ${red("problem:")} ... and ${count - MOST_PRINTED} more; --json has them all`);
	for (const note of notes) print(`  ${yellow("note:")} ${note}`);
}

function round(value: number): string {
	return String(Math.round(100 * value) / 100);
}

function encodingOf({ encoding }: Figures): string {
	return `${encoding.raw} frames raw, ${encoding.runs} in runs, ${encoding.xor} as a difference`;
}

function strip2Of({ sync, motion, strip2, leds }: Figures): string {
	if (leds > 160) return "has LEDs of its own";
	const { delay, progressiveStart, progressiveEnd, waveAmplitude, waveFrequency, wavePhase, framesBehind } = strip2;
	const behind = framesBehind > 0 ? `, up to ${framesBehind} frames behind` : "";
	switch (sync) {
		case "offset":
			return `offset by ${delay} ms${behind}`;
		case "progressive":
			return `progressive ${motion}, ${progressiveStart} to ${progressiveEnd} ms${behind}`;
		case "wave":
			return (
				`wave ${motion}, ${delay} ms and up to ${waveAmplitude} more, ` +
				`${waveFrequency || 1} along the strip, phase ${wavePhase} degrees${behind}`
			);
		default:
			return "shows the same as strip 1";
	}
}
