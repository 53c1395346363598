import { fileURLToPath } from "node:url";
import { type Bits, buildXs, xsCommand } from "./build.js";
import { modulesForXs } from "./bundle.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface ProgramOptions {
	/** Word size of the engine; 64 by default. */
	bits?: Bits;
	/** Address to listen on. */
	host: string;
	/** Path of the flash image; none: no flash. */
	flash?: string;
	flashTiming?: string;
	/** Cut the power at the N-th flash operation: "N" or "N:how", how being none, half or almost. */
	flashCut?: string;
	/** File descriptor of the program that the LEDs' pictures go out by (README.md, "LEDs"), such as 3; none: they stay inside. */
	pictures?: number;
	/** What `mc/config` is to have. */
	config: object;
}

/**
 * Builds a program for XS and returns the command, with its arguments, that runs it with the device's heap.
 * @param main the program's main module
 * @param name of the folder below build/xs for the translated modules
 * @throws Error that says what is missing or wrong
 */
export async function programCommand(main: string, name: string, options: ProgramOptions): Promise<string[]> {
	const bits = options.bits ?? 64;
	const program = await buildXs({ bits });
	const modules = await modulesForXs([main], `${root}build/xs/${name}`);
	return [
		...xsCommand(program, bits),
		"--with-parent",
		...["--host", options.host],
		...(options.flash ? ["--flash", options.flash] : []),
		...["--flash-timing", options.flashTiming ?? "none"],
		...(options.flashCut ? ["--flash-cut", options.flashCut] : []),
		...(options.pictures === undefined ? [] : ["--pictures", String(options.pictures)]),
		...["--config", JSON.stringify(options.config)],
		...modules.preload.flatMap((file) => ["--preload", file]),
		...modules.entries,
	];
}

/** `programCommand` for the firmware. */
export function firmwareCommand(options: ProgramOptions): Promise<string[]> {
	return programCommand(`${root}main.ts`, "firmware", options);
}
