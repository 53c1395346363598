import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { buildForNode } from "./build.js";

/** What the command line of the simulator gives. */
export interface SimulatorOptions {
	port: number;
	host: string;
	flash: string;
	flashTiming: string;
	token?: string;
	origin: string[];
	validation: string;
	logLevel: string;
}

/** Starts the firmware in this process, on Node. */
export async function simulate(options: SimulatorOptions): Promise<void> {
	const flash = resolve(options.flash);
	mkdirSync(dirname(flash), { recursive: true });
	process.env.K1_HOST = options.host;
	process.env.K1_FLASH = flash;
	process.env.K1_FLASH_TIMING = options.flashTiming;
	process.env.K1_CONFIG = JSON.stringify({
		port: options.port,
		token: options.token ?? "",
		origins: options.origin,
		validation: options.validation,
		logLevel: options.logLevel,
	});
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
	await import(await buildForNode());
}
