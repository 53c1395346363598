import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { buildForNode } from "../host-shim/simulator/build.js";
import { firmwareCommand, programCommand } from "../host-shim/xs/firmware.js";

const root = fileURLToPath(new URL("../", import.meta.url));
/** Clock ticks a second, in which the kernel counts processor time. */
const TICKS = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
/** Where a program of ours writes the pictures of its LEDs. */
const PICTURES = 3;

export type Engine = "xs" | "node";
export const ENGINES: readonly Engine[] = ["xs", "node"];

/** How a program is started. */
interface Start {
	readonly command: readonly string[];
	readonly env?: NodeJS.ProcessEnv;
}

/** A server in a process of its own, that prints the K1's ready line or one like it. */
export class Program {
	readonly pid: number;
	/** From the start of the process to its ready line, ms. */
	readyAfter = 0;
	port = 0;
	readonly #process: ChildProcess;
	readonly #started = performance.now();
	readonly #closed: Promise<void>;

	constructor({ command, env }: Start) {
		const [program, ...args] = command;
		this.#process = spawn(program, args, {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ["pipe", "pipe", "inherit", "pipe"],
		});
		this.pid = this.#process.pid ?? 0;
		this.#closed = new Promise((resolve) => this.#process.on("close", () => resolve()));
	}

	get url(): string {
		return `ws://127.0.0.1:${this.port}/ws`;
	}

	/** @throws Error where it ends before */
	async ready(): Promise<this> {
		let text = "";
		const over = this.#closed.then(() => {
			throw new Error(`ended before it was ready: ${text}`);
		});
		const there = new Promise<void>((resolve) => {
			this.#process.stdout?.on("data", (data) => {
				text += data;
				const line = /^K1 ready ws:\/\/\S+:(\d+)\/ws/m.exec(text);
				if (line === null || this.port > 0) return;
				this.readyAfter = performance.now() - this.#started;
				this.port = Number(line[1]);
				resolve();
			});
		});
		over.catch(() => {});
		await Promise.race([there, over]);
		return this;
	}

	/** From the start of the process to the first picture of its LEDs that is not dark, ms. */
	firstLight(): Promise<number> {
		return new Promise((resolve) => {
			const pictures = this.#process.stdio[PICTURES] as Readable;
			pictures.on("data", (bytes: Buffer) => {
				if (bytes.some((byte) => byte > 0)) resolve(performance.now() - this.#started);
			});
		});
	}

	/** Processor time up to now, ms. */
	cpu(): number {
		// Behind the name, which may have blanks in it: fields 14 and 15 of the line (proc(5)).
		const fields = readFileSync(`/proc/${this.pid}/stat`, "utf8").split(") ")[1].split(" ");
		return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
	}

	/** The most memory that it has had, MB. */
	memory(): number {
		const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"));
		return Number(line?.[1]) / 1024;
	}

	async stop(): Promise<void> {
		this.#process.kill("SIGTERM");
		await this.#closed;
	}
}

export interface FirmwareOptions {
	readonly flash: string;
	/** `none`, `w25q64`, `w25q64-max` */
	readonly timing?: string;
	/** Its LEDs' pictures are wanted. */
	readonly pictures?: boolean;
}

/** The command that starts the firmware, built, on an engine. */
export async function firmware(engine: Engine, { flash, timing = "none", pictures }: FirmwareOptions): Promise<Start> {
	const config = { firmware: "bench", port: 0, logLevel: "silent" };
	if (engine === "xs") {
		const shown = pictures ? PICTURES : undefined;
		return {
			command: await firmwareCommand({ host: "127.0.0.1", flash, flashTiming: timing, config, pictures: shown }),
		};
	}
	const bundle = pictures ? await buildForNode("host-shim/simulator/leds/main.ts", "leds.mjs") : await buildForNode();
	return {
		command: [process.execPath, bundle],
		env: { K1_HOST: "127.0.0.1", K1_FLASH: flash, K1_FLASH_TIMING: timing, K1_CONFIG: JSON.stringify(config) },
	};
}

/** The bare TCP sink on an engine. */
export async function tcpSink(engine: Engine): Promise<Start> {
	const main = `${root}bench/servers/tcp-sink.ts`;
	const config = { port: 0 };
	if (engine === "xs") return { command: await programCommand(main, "tcp-sink", { host: "127.0.0.1", config }) };
	const env = { K1_HOST: "127.0.0.1", K1_CONFIG: JSON.stringify(config) };
	return { command: [process.execPath, await buildForNode(main, "tcp-sink.mjs")], env };
}

/** The smallest TLV server on the package `ws`. */
export function wsServer(): Start {
	return { command: [process.execPath, "bench/servers/ws-server.mjs"] };
}

/** The smallest TLV server on Python's `websockets`. */
export function pythonServer(): Start {
	return { command: ["/usr/bin/python3", "bench/servers/websockets_server.py"] };
}
