import { mkdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LED_COUNT, PROTOCOL_VERSION } from "../../modules/device/device.js";
import { readSettings } from "../../modules/device/settings.js";
import { hasCompiler } from "../xs/build.js";
import { firmwareCommand } from "../xs/firmware.js";
import { buildForNode } from "./build.js";
import { PICTURES, runEngine, SIGNALS } from "./engine.js";
import { obstacleTo } from "./leds/view.js";
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
	/** Draw both strips in the terminal. */
	leds?: boolean;
	/** Advertise on the local network. */
	mdns?: boolean;
}

/** The XS host's code for a file that it cannot use (host-shim/xs/engine/exits.h). */
const EXIT_FILE = 66;

/** Starts the firmware on the engine asked for. */
export async function simulate(options: SimulatorOptions): Promise<void> {
	const obstacle = options.leds ? obstacleTo(process.stdout, process.env) : "";
	if (obstacle !== "") throw new Error(obstacle);
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
	// What a browser on this computer can open; a terminal makes a link of it.
	const near = options.host === "0.0.0.0" ? "127.0.0.1" : options.host;
	process.env.K1_PAGE = `page: http://${near.includes(":") ? `[${near}]` : near}:`;
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
	const { host, flash, flashTiming, leds } = options;
	const command = await firmwareCommand({ host, flash, flashTiming, config, pictures: leds ? PICTURES : undefined });
	runEngine("the XS engine", command, process.env, leds, async (code) => {
		await ending();
		return code === EXIT_FILE ? 2 : code;
	});
}

async function runOnNode(options: SimulatorOptions, config: object, ending: () => Promise<void>): Promise<void> {
	const env = {
		K1_HOST: options.host,
		K1_FLASH: options.flash,
		K1_FLASH_TIMING: options.flashTiming,
		K1_CONFIG: JSON.stringify(config),
	};
	if (options.leds) {
		// A process of its own: then this one gives the terminal back, whatever becomes of the engine.
		const bundle = await buildForNode("host-shim/simulator/leds/main.ts", "leds.mjs");
		const command = [process.execPath, "--enable-source-maps", bundle];
		runEngine("the engine", command, { ...process.env, ...env }, true, async (code) => {
			await ending();
			return code;
		});
		return;
	}
	Object.assign(process.env, env);
	for (const signal of SIGNALS) process.on(signal, () => void ending().then(() => process.exit(0)));
	await import(await buildForNode());
}
