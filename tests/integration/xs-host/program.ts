import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildXs } from "../../../host-shim/xs/build.js";

export interface Ended {
	code: number | null;
	output: string;
	errors: string;
}

/** A folder with scripts, and the XS host that runs them. */
export class Programs {
	readonly folder = mkdtempSync(join(tmpdir(), "k1-xs-"));
	#program = "";

	async build(): Promise<void> {
		this.#program = await buildXs({ bits: 64 });
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}

	/** Writes a script and returns its path. */
	write(name: string, text: string): string {
		const path = join(this.folder, name);
		writeFileSync(path, text);
		return path;
	}

	start(args: string[]): ChildProcess {
		return spawn(this.#program, args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
	}

	/** Starts the host with room for so many open files. */
	startWithDescriptors(count: number, args: string[]): ChildProcess {
		const command = ["-c", `ulimit -n ${count}; exec "$@"`, "sh", this.#program, ...args];
		return spawn("sh", command, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
	}

	/** Runs the host to its end. */
	run(...args: string[]): Promise<Ended> {
		return ended(this.start(args));
	}

	/** Runs a script that is given as text to its end. */
	runText(text: string, ...options: string[]): Promise<Ended> {
		return this.run(...options, this.write("main.js", text));
	}
}

/** What a process printed, and how it ended. */
export function ended(child: ChildProcess): Promise<Ended> {
	return new Promise((resolve) => {
		let output = "";
		let errors = "";
		child.stdout?.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
		child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			errors += text;
		});
		child.on("close", (code) => resolve({ code, output, errors }));
	});
}
