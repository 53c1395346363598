import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildXs } from "../../../host-shim/xs/build.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The engine that this run of the specs is for; `npm run test:integration` runs them once for each. */
export const engine = process.env.K1_ENGINE ?? "node";

/** The XS host's process, or the emulator's that runs it where the system's kernel does not. */
const HOST = /^(k1-xs|qemu-i386)/;

/** How a process ended. */
export interface Ended {
	readonly code: number | null;
	readonly signal: string | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A simulated K1 in a process of its own, with a flash image of its own. */
export class Simulator {
	stdout = "";
	stderr = "";
	/** Where it listens: `ws://127.0.0.1:PORT/ws`. */
	url = "";
	port = 0;
	readonly ended: Promise<Ended>;
	readonly #process: ChildProcess;

	/** Starts the simulator with these arguments, as `npm start --` does; or another program that prints its ready line. */
	constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}, program = "host-shim/simulator/cli.ts") {
		const cli = ["--import", "tsx", program, ...args];
		this.#process = spawn(process.execPath, cli, { cwd: root, env: { ...process.env, ...env } });
		this.#process.stdout?.on("data", (data) => {
			this.stdout += data;
		});
		this.#process.stderr?.on("data", (data) => {
			this.stderr += data;
		});
		this.ended = new Promise((resolve) => {
			this.#process.on("close", (code, signal) => {
				resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
			});
		});
	}

	/** Waits for the ready line. @throws Error with what the process printed, if it ends or takes `limit` ms */
	async ready(limit = 20_000): Promise<this> {
		const deadline = Date.now() + limit;
		let over = false;
		void this.ended.then(() => {
			over = true;
		});
		for (;;) {
			const line = /^K1 ready (ws:\/\/\S+:(\d+)\/ws) http:\/\/\S+\/$/m.exec(this.stdout);
			if (line) {
				this.url = line[1];
				this.port = Number(line[2]);
				return this;
			}
			if (over || Date.now() > deadline) {
				this.#process.kill("SIGKILL");
				throw new Error(`not ready:\n${this.stdout}${this.stderr}`);
			}
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	/** The process that runs the firmware: the XS host, which is a child of the simulator's own, or that itself. */
	get #firmware(): number {
		const pid = this.#process.pid ?? 0;
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
		const host = children.find((child) => child !== "" && HOST.test(readFileSync(`/proc/${child}/comm`, "utf8")));
		return host === undefined ? pid : Number(host);
	}

	/** How many files and sockets the firmware's process has open. */
	openFiles(): number {
		return readdirSync(`/proc/${this.#firmware}/fd`).length;
	}

	/** What the XS host says of its memory, timers, sockets and flash, after it has collected its garbage (desktop/report.h). */
	async figures(): Promise<Readonly<Record<string, number>>> {
		const before = this.stderr.length;
		process.kill(this.#firmware, "SIGUSR2");
		for (;;) {
			const line = /^K1 figures (.*)$/m.exec(this.stderr.slice(before));
			if (line) return JSON.parse(line[1]);
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	/** Sends a signal; resolves when the process has ended. */
	async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> {
		this.#process.kill(signal);
		return this.ended;
	}
}

/** A folder for flash images that goes away with the specs. */
export class FlashFolder {
	readonly path = mkdtempSync(join(tmpdir(), "k1-"));
	#count = 0;

	/** A path that nothing is at yet. */
	fresh(): string {
		return join(this.path, `flash-${this.#count++}.bin`);
	}

	remove(): void {
		rmSync(this.path, { recursive: true });
	}
}

/** The engine is compiled once, so that no start has to wait for that. */
const built = engine === "xs" ? buildXs({ bits: 64 }) : undefined;

/** Starts a K1 on a free port. */
export async function start(flash: string, ...args: string[]): Promise<Simulator> {
	await built;
	return new Simulator(["--port", "0", "--engine", engine, "--flash", flash, "--log-level", "warn", ...args]).ready();
}

/** A port that nobody listens on: what is advertised has to be known beforehand. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" ? (address?.port ?? 0) : 0;
}
