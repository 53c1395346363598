import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { getHeapStatistics } from "node:v8";
import { readSettings } from "../../modules/device/settings.js";
import { hasCompiler } from "../xs/build.js";
import { firmwareCommand } from "../xs/firmware.js";
import { buildForNode } from "./build.js";

/** What the command line of the simulator gives. */
export interface SimulatorOptions {
	port: number;
	host: string;
	flash: string;
	flashTiming: string;
	/** `xs` or `node`; not given: xs where a C compiler is found. */
	engine?: string;
	token?: string;
	origin: string[];
	validation: string;
	logLevel: string;
}

/** The XS host's code for a file that it cannot use (host-shim/xs/engine/exits.h). */
const EXIT_FILE = 66;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Starts the firmware on the engine asked for. */
export async function simulate(options: SimulatorOptions): Promise<void> {
	const flash = resolve(options.flash);
	mkdirSync(dirname(flash), { recursive: true });
	const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
	const config = {
		firmware: version,
		port: options.port,
		token: options.token ?? "",
		origins: options.origin,
		validation: options.validation,
		logLevel: options.logLevel,
	};
	// A mistake is told here, in a line, rather than by a firmware that does not start.
	readSettings(config);
	let { engine } = options;
	if (engine === undefined) {
		engine = hasCompiler() ? "xs" : "node";
		if (engine === "node") process.stderr.write("no C compiler and make found: running on Node instead of XS\n");
	}
	if (engine === "xs") await runOnXs({ ...options, flash }, config);
	else await runOnNode({ ...options, flash }, config);
}

async function runOnXs(options: SimulatorOptions, config: object): Promise<void> {
	const { host, flash, flashTiming } = options;
	const [program, ...args] = await firmwareCommand({ host, flash, flashTiming, config });
	const child = spawn(program, args, { stdio: ["pipe", "inherit", "inherit"] });
	for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
	child.on("error", (error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
	child.on("close", (code, signal) => {
		if (signal !== null) process.stderr.write(`the XS engine was ended by ${signal}\n`);
		process.exit(code === EXIT_FILE ? 2 : (code ?? 1));
	});
}

async function runOnNode(options: SimulatorOptions, config: object): Promise<void> {
	process.env.K1_HOST = options.host;
	process.env.K1_FLASH = options.flash;
	process.env.K1_FLASH_TIMING = options.flashTiming;
	// V8's limit is larger than a STATUS can tell.
	const heapBytes = Math.min(getHeapStatistics().heap_size_limit, 0xffffffff);
	process.env.K1_CONFIG = JSON.stringify({ heapBytes, ...config });
	for (const signal of SIGNALS) process.on(signal, () => process.exit(0));
	await import(await buildForNode());
}
