import { fileURLToPath } from "node:url";
import { type Bits, buildXs, xsCommand } from "./build.js";
import { modulesForXs } from "./bundle.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface FirmwareOptions {
	/** Word size of the engine; 64 by default. */
	bits?: Bits;
	/** Address to listen on. */
	host: string;
	/** Path of the flash image. */
	flash: string;
	flashTiming?: string;
	/** Cut the power at the N-th flash operation: "N" or "N:how", how being none, half or almost. */
	flashCut?: string;
	/** What `mc/config` is to have. */
	config: object;
}

/**
 * Builds the firmware for XS and returns the command, with its arguments, that runs it with the device's heap.
 * @throws Error that says what is missing or wrong
 */
export async function firmwareCommand(options: FirmwareOptions): Promise<string[]> {
	const bits = options.bits ?? 64;
	const program = await buildXs({ bits });
	const modules = await modulesForXs([`${root}main.ts`], `${root}build/xs/firmware`);
	return [
		...xsCommand(program, bits),
		"--with-parent",
		...["--host", options.host],
		...["--flash", options.flash],
		...["--flash-timing", options.flashTiming ?? "none"],
		...(options.flashCut ? ["--flash-cut", options.flashCut] : []),
		...["--config", JSON.stringify(options.config)],
		...modules.preload.flatMap((file) => ["--preload", file]),
		...modules.entries,
	];
}
