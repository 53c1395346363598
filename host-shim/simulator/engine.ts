import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { ALL_BYTES } from "../../modules/playback/strips.js";
import { LedView } from "./leds/view.js";

/** The engine's file descriptor for what its LEDs show. */
export const PICTURES = 3;

/** Input, output, errors and pictures. */
const PIPES = ["pipe", "pipe", "pipe", "pipe"] as const;
export const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs the firmware in a process of its own, and ends when that does.
 * @param name for the user
 * @param leds draw its LEDs; its log is then printed above them
 * @param leave called at its end, with its exit code; its result is the exit code of this process
 */
export function runEngine(
	name: string,
	[program, ...args]: readonly string[],
	env: NodeJS.ProcessEnv,
	leds: boolean | undefined,
	leave: (code: number) => Promise<number>,
): void {
	const child = spawn(program, args, { stdio: leds ? [...PIPES] : ["pipe", "inherit", "inherit"], env });
	const view = leds ? draw(child) : undefined;
	for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
	child.on("error", (error) => {
		view?.end();
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
	child.on("close", async (code, signal) => {
		view?.end();
		const asked = signal !== null && SIGNALS.some((one) => one === signal);
		const result = await leave(code ?? (asked ? 0 : 1));
		if (signal !== null && !asked) process.stderr.write(`${name} was ended by ${signal}\n`);
		process.exit(result);
	});
}

function draw(child: ChildProcess): LedView {
	const view = new LedView(process.stdout);
	for (const stream of [child.stdout, child.stderr]) {
		// Whole lines: the strips are below.
		if (stream) createInterface({ input: stream }).on("line", (line) => view.print(`${line}\n`));
	}
	eachPicture(child.stdio[PICTURES] as Readable, (colors) => view.show(colors));
	return view;
}

/** Calls back with each picture that arrives, whole: R, G, B, strip 1, then strip 2. It is overwritten by the next. */
function eachPicture(stream: Readable, show: (colors: Uint8Array) => void): void {
	const colors = new Uint8Array(ALL_BYTES);
	let length = 0;
	stream.on("data", (bytes: Buffer) => {
		for (let at = 0; at < bytes.length; ) {
			const end = Math.min(bytes.length, at + ALL_BYTES - length);
			colors.set(bytes.subarray(at, end), length);
			length += end - at;
			at = end;
			if (length < ALL_BYTES) continue;
			show(colors);
			length = 0;
		}
	});
	// It goes with the engine.
	stream.on("error", () => {});
}
