import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The command line as the package has it; `npm run test:client` builds it first. */
const PROGRAM = fileURLToPath(new URL("../../../client/dist/k1.js", import.meta.url));

/** How a run ended, and what it printed. */
export interface Ran {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A run of `k1` that is under way. */
export class Running {
	stdout = "";
	stderr = "";
	readonly ended: Promise<Ran>;

	constructor(readonly process: ChildProcess) {
		process.stdout?.on("data", (data) => {
			this.stdout += data;
		});
		process.stderr?.on("data", (data) => {
			this.stderr += data;
		});
		this.ended = new Promise((resolve) => {
			process.on("close", (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
		});
	}
}

/** A folder to call `k1` in, with settings of its own. */
export class Caller {
	readonly folder = mkdtempSync(join(tmpdir(), "k1-cli-"));
	readonly #started: ChildProcess[] = [];
	/** `K1_DEVICE` of all calls. */
	device = "";

	path(...parts: string[]): string {
		return join(this.folder, ...parts);
	}

	/** The runner's, with settings of our own; its colors are none of the calls' business. */
	#environment(): NodeJS.ProcessEnv {
		const { FORCE_COLOR: _, NO_COLOR: __, ...env } = process.env;
		return { ...env, XDG_CONFIG_HOME: this.path("config"), K1_DEVICE: this.device };
	}

	/** Starts `k1` with these arguments. */
	start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
		const child = spawn(process.execPath, [PROGRAM, ...args], {
			cwd: this.folder,
			env: { ...this.#environment(), ...env },
		});
		this.#started.push(child);
		return new Running(child);
	}

	/** Runs `k1` to its end. @param input for its stdin */
	run(args: readonly string[], { env, input }: { env?: NodeJS.ProcessEnv; input?: Uint8Array } = {}): Promise<Ran> {
		const running = this.start(args, env);
		running.process.stdin?.end(input);
		return running.ended;
	}

	/** Runs it with `--json`, and reads what it prints. @throws Error where it fails */
	async json<T>(...args: string[]): Promise<T> {
		const { code, stdout, stderr } = await this.run([...args, "--json"]);
		if (code !== 0) throw new Error(`k1 ${args.join(" ")} ended with ${code}: ${stderr}`);
		return JSON.parse(stdout);
	}

	/** Runs it in a terminal that is so wide; stdout is all that the terminal got. `script` is in every Debian. */
	async inTerminal(args: readonly string[], columns: number): Promise<Ran> {
		const command = `stty cols ${columns}; exec "${process.execPath}" "${PROGRAM}" ${args.map((each) => `"${each}"`).join(" ")}`;
		const env = { ...this.#environment(), TERM: "xterm-256color" };
		const child = spawn("script", ["-qefc", command, "/dev/null"], { cwd: this.folder, env });
		this.#started.push(child);
		return new Running(child).ended;
	}

	/** Ends what a spec has left running, and takes the folder away. */
	remove(): void {
		for (const child of this.#started) child.kill("SIGKILL");
		rmSync(this.folder, { recursive: true });
	}
}
