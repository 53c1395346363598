import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildXs } from "../../host-shim/xs/build.js";
import { equal, ok } from "../support/assert.js";
import { solidFile } from "../support/prism.js";
import { K1Client } from "./support/k1-client.js";
import { engine, FlashFolder, Simulator } from "./support/simulator.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const SHOW_CURSOR = "\u001b[?25h";
const HIDE_CURSOR = "\u001b[?25l";
/** A cell, which shows two LEDs, of a color that stays within the power limit. */
const BROWN = "\u001b[38;2;32;16;0m\u001b[48;2;32;16;0m▌";
const CTRL_C = "\u0003";

const folder = new FlashFolder();
after(() => folder.remove());

/** `npm start -- --leds` in a terminal of its own, 80 columns wide. */
class Terminal {
	output = "";
	readonly ended: Promise<number | null>;
	readonly #process: ChildProcess;

	constructor() {
		const args = ["--port", "0", "--engine", engine, "--flash", folder.fresh()];
		const command = `stty cols 80 rows 24; exec ${process.execPath} --import tsx host-shim/simulator/cli.ts --leds ${args.join(" ")}`;
		const { NO_COLOR: _, ...env } = process.env;
		this.#process = spawn("script", ["-qfec", command, "/dev/null"], { cwd: root, env });
		this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => {
			this.output += text;
		});
		this.ended = new Promise((resolve) => this.#process.on("close", resolve));
	}

	/** Waits for text, and forgets what was printed before its end. */
	async until(text: string): Promise<void> {
		const deadline = Date.now() + 20_000;
		for (;;) {
			const at = this.output.indexOf(text);
			if (at >= 0) {
				this.output = this.output.slice(at + text.length);
				return;
			}
			if (Date.now() > deadline) throw new Error(`no ${text} in ${JSON.stringify(this.output.slice(-500))}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	/** The word that comes next. */
	async word(): Promise<string> {
		const before = this.output;
		await this.until(" ");
		return before.slice(0, before.indexOf(" "));
	}

	type(keys: string): void {
		this.#process.stdin?.write(keys);
	}

	/** The process that runs the firmware: the youngest of the simulator's. */
	get firmware(): number {
		let pid = this.#process.pid ?? 0;
		for (;;) {
			const children = childrenOf(pid).filter((child) => !/^esbuild/.test(commandOf(child)));
			if (children.length === 0) return pid;
			pid = Math.max(...children);
		}
	}
}

function childrenOf(pid: number): number[] {
	return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
		readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
			.split(" ")
			.filter((child) => child.trim() !== "")
			.map(Number),
	);
}

function commandOf(pid: number): string {
	return readFileSync(`/proc/${pid}/comm`, "utf8");
}

describe("npm start -- --leds", function () {
	this.timeout(60_000);
	// So that no start has to wait for the compiler.
	before(async () => {
		if (engine === "xs") await buildXs({ bits: 64 });
	});

	it("says what is missing where there is no terminal, with exit code 2", async () => {
		const { code, stdout, stderr } = await new Simulator(["--leds", "--flash", folder.fresh()]).ended;
		equal(code, 2);
		equal(stdout, "");
		ok(/^--leds draws in a terminal, .*\n$/.test(stderr), stderr);
	});

	it("draws what the LEDs get below the log, and gives the terminal back", async () => {
		const terminal = new Terminal();
		await terminal.until("K1 ready ");
		const client = await K1Client.connect(await terminal.word());
		await client.put("brown", solidFile(["201000"], 30));
		await client.close();
		// Red and green are told apart again: the LEDs take green first.
		for (const _ of ["strip 2", "strip 1"]) await terminal.until(BROWN.repeat(80));
		terminal.type(CTRL_C);
		equal(await terminal.ended, 0);
		ok(terminal.output.lastIndexOf(SHOW_CURSOR) > terminal.output.lastIndexOf(HIDE_CURSOR));
		ok(!/▌\S*$/.test(terminal.output), "the strips are taken away");
	});

	it("gives the terminal back when the engine dies", async () => {
		const terminal = new Terminal();
		await terminal.until("K1 ready");
		process.kill(terminal.firmware, "SIGKILL");
		equal(await terminal.ended, 1);
		ok(/engine was ended by SIGKILL/.test(terminal.output), terminal.output);
		ok(terminal.output.includes(SHOW_CURSOR));
	});
});
