/**
 * `embedded:storage/flash` for Node: the partition "patterns" in an image file. Settings come from the environment:
 *
 *     K1_FLASH         path of the image, `k1-flash.bin` in the working directory by default
 *     K1_FLASH_TIMING  `none` (default), `w25q64` or `w25q64-max`
 *     K1_FLASH_CUT     N or N:how (`none`, `half`, `almost`; `half` by default): cut the power at the N-th operation
 *
 * nor-flash-file.ts says exactly what each of these means. A cut prints one line to the standard error output and ends
 * the process with status 70, at once; so does a breach of the NOR rules, with status 71.
 */

import { writeSync } from "node:fs";
import { NorFlashFile, type Timing, type Torn } from "./nor-flash-file.js";

/** Exit status for an image, or settings, that will not do. */
export const EXIT_FILE = 2;
/** Exit status after a power cut. */
export const EXIT_POWER_CUT = 70;
/** Exit status after a program that would have to set bits. */
export const EXIT_BREACH = 71;

const TIMINGS: readonly string[] = ["none", "w25q64", "w25q64-max"];
const TORN: readonly string[] = ["none", "half", "almost"];
const STDERR = 2;

function end(line: string, status: number): never {
	writeSync(STDERR, `${line}\n`);
	process.exit(status);
}

function timing(text: string): Timing {
	if (!TIMINGS.includes(text)) throw new Error(`K1_FLASH_TIMING is ${text}; it takes ${TIMINGS.join(" or ")}`);
	return text as Timing;
}

function cut(text: string | undefined): { at: number; torn: Torn } | undefined {
	if (!text) return undefined;
	const [count, torn = "half"] = text.split(":");
	const at = Number(count);
	if (!(Number.isSafeInteger(at) && at > 0 && TORN.includes(torn))) {
		throw new Error(`K1_FLASH_CUT is ${text}; it takes N or N:how, how being ${TORN.join(", ")}`);
	}
	return { at, torn: torn as Torn };
}

export default Object.freeze({
	/** Opens the partition "patterns". @throws Error for another; bad settings, and an image of another size, end the process */
	open(options: { path: string; mode?: "r" | "r+" }): NorFlashFile {
		if (options.path !== "patterns") throw new Error(`no partition ${options.path}`);
		try {
			return new NorFlashFile({
				file: process.env.K1_FLASH || "k1-flash.bin",
				timing: timing(process.env.K1_FLASH_TIMING || "none"),
				cut: cut(process.env.K1_FLASH_CUT),
				onCut: (line) => end(line, EXIT_POWER_CUT),
				onBreach: (line) => end(line, EXIT_BREACH),
			});
		} catch (error) {
			// A device without its flash comes up all the same; a simulator was given the wrong file.
			return end(error instanceof Error ? error.message : String(error), EXIT_FILE);
		}
	},
});
