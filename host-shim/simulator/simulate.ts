import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LED_COUNT, PROTOCOL_VERSION } from "../../modules/device/device.js";
import { readSettings } from "../../modules/device/settings.js";
import { hasCompiler } from "../xs/build.js";
import { firmwareCommand } from "../xs/firmware.js";
import { buildForNode } from "./build.js";
import { lockImage } from "./lock.js";
import { advertise } from "./mdns.js";

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
	/** mA that both strips may draw; 0: no limit. */
	powerLimit: number;
	logLevel: string;
	/** Advertise on the local network. */
	mdns?: boolean;
}

/** The XS host's code for a file that it cannot use (host-shim/xs/engine/exits.h). */
const EXIT_FILE = 66;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Starts the firmware on the engine asked for. */
export async function simulate(options: SimulatorOptions): Promise<void> {
	const flash = resolve(options.flash);
	mkdirSync(dirname(flash), { recursive: true });
	const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
	const config: Record<string, unknown> = {
		firmware: version,
		port: options.port,
		token: options.token ?? "",
		origins: options.origin,
		validation: options.validation,
		logLevel: options.logLevel,
		powerLimit: options.powerLimit,
	};
	// A mistake is told here, in a line, rather than by a firmware that does not start.
	readSettings(config);
	await lockImage(flash);
	const ending = options.mdns ? await appear(options.port, config) : async () => {};
	let { engine } = options;
	if (engine === undefined) {
		engine = hasCompiler() ? "xs" : "node";
		if (engine === "node") process.stderr.write("no C compiler and make found: running on Node instead of XS\n");
	}
	if (engine === "xs") await runOnXs({ ...options, flash }, config, ending);
	else await runOnNode({ ...options, flash }, config, ending);
}

/** Advertises the K1 under a name that nobody has, and gives the firmware that name. Returns what takes it back. */
async function appear(port: number, config: Record<string, unknown>): Promise<() => Promise<void>> {
	if (port === 0) throw new Error("--mdns tells others the port: give one with --port");
	const { hostName, firmware } = readSettings(config);
	const { name, end } = await advertise(hostName, port, { protocol: PROTOCOL_VERSION, firmware, leds: LED_COUNT });
	config.hostName = name;
	process.stdout.write(`mDNS: http://${name}.local:${port}/\n`);
	return end;
}

async function runOnXs(options: SimulatorOptions, config: object, ending: () => Promise<void>): Promise<void> {
	const { host, flash, flashTiming } = options;
	const [program, ...args] = await firmwareCommand({ host, flash, flashTiming, config });
	const child = spawn(program, args, { stdio: ["pipe", "inherit", "inherit"] });
	for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
	child.on("error", (error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
	child.on("close", async (code, signal) => {
		await ending();
		if (signal !== null) process.stderr.write(`the XS engine was ended by ${signal}\n`);
		process.exit(code === EXIT_FILE ? 2 : (code ?? 1));
	});
}

async function runOnNode(options: SimulatorOptions, config: object, ending: () => Promise<void>): Promise<void> {
	process.env.K1_HOST = options.host;
	process.env.K1_FLASH = options.flash;
	process.env.K1_FLASH_TIMING = options.flashTiming;
	process.env.K1_CONFIG = JSON.stringify(config);
	for (const signal of SIGNALS) process.on(signal, () => void ending().then(() => process.exit(0)));
	await import(await buildForNode());
}
