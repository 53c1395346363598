import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { download } from "../../src/download.js";
import type { K1 } from "../../src/k1.js";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { note, print } from "../output.js";
import { callersPath } from "../paths.js";
import { Strips } from "../pattern/reading.js";
import { pause } from "../pause.js";
import { plainLine, Screen } from "../screen.js";

/** A frame that is so late is left out, ms. */
const LATE = 100;

export interface PreviewOptions {
	readonly live?: boolean;
	readonly seconds?: number;
}

/** Plays a pattern in the terminal, or on the device without storing it. */
export async function preview(context: Context, what: string, options: PreviewOptions): Promise<number> {
	const strips = new Strips(what, await bytesOf(context, what));
	if (options.live === true) await live(context, await context.connect(), strips, what, options);
	else if (process.stdout.isTTY) {
		const screen = new Screen();
		await play(context, strips, options, async () => screen.draw(strips.colors, captionOf(strips, what)));
	} else {
		for (let i = 0; i < strips.header.frames; i++) {
			strips.next();
			print(plainLine(strips.frame, strips.colors));
		}
	}
	return DONE;
}

/** A file's bytes; where there is no such file, those of the device's pattern of that name. */
async function bytesOf(context: Context, what: string): Promise<Uint8Array> {
	if (existsSync(callersPath(what))) return readFile(callersPath(what));
	if (/[/\\]|\.prism$/i.test(what)) throw new Failure(`there is no file ${what}`);
	return download(await context.address(), what, context.timeout, { signal: context.signal });
}

function captionOf(strips: Strips, what: string): string {
	const { frames, fps256 } = strips.header;
	return `${what}  frame ${strips.frame + 1} of ${frames}  ${fps256 / 256} a second  (Ctrl-C ends it)`;
}

/** Shows frame after frame when it is due, until Ctrl-C or the time is over. */
async function play(
	{ signal }: Context,
	strips: Strips,
	{ seconds = Number.POSITIVE_INFINITY }: PreviewOptions,
	show: () => Promise<void>,
): Promise<void> {
	const began = performance.now();
	const now = () => performance.now() - began;
	while (!signal.aborted && now() < 1000 * seconds) {
		const { due } = strips;
		const wait = due - now();
		if (wait > 0) await pause(wait, signal);
		strips.next();
		if (-wait < LATE) await show();
	}
}

async function live(context: Context, k1: K1, strips: Strips, what: string, options: PreviewOptions): Promise<void> {
	note(`${what} is on the device's LEDs, and stored nowhere; Ctrl-C gives them back to what plays`);
	await play(context, strips, options, () => k1.show(strips.colors));
}
