import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { type HttpState, stateOf } from "../http.js";
import { note, print, printFigures, printJson, printJsonLine, whole } from "../output.js";

/** Says what plays; with `watch`, whenever it changes, until Ctrl-C. */
export async function state(context: Context, options: { watch?: boolean }): Promise<number> {
	const { signal } = context;
	if (options.watch !== true) {
		const now = await stateOf(await context.address(), context.timeout);
		if (context.json) printJson(now);
		else show(now);
		return DONE;
	}
	const k1 = await context.connect();
	let before = "";
	k1.on("state", (now) => {
		const line = lineOf(now);
		// The first one is an answer, and a change that nobody can see is none.
		if (line === before) return;
		before = line;
		if (context.json) printJsonLine(now);
		else print(line);
	});
	const frames = k1.watch({ fps: 1, signal });
	await k1.state();
	try {
		// States come with the frames; of these, the fewest that there are.
		for await (const _ of frames);
	} catch (error) {
		if (!signal.aborted) throw error;
	}
	return DONE;
}

function show(now: HttpState): void {
	const { milliamps, limit } = now;
	printFigures([
		["state", now.state],
		["pattern", now.pattern === "" ? "none yet" : now.pattern],
		["frame", now.frames === 0 ? "none" : `${now.frame + 1} of ${whole(now.frames)}, ${now.fps} a second`],
		["brightness", `${now.brightness} of 255`],
		["gamma", (now.gamma / 100).toFixed(2)],
		["current", `${whole(milliamps)} mA${limit > 0 ? ` of ${whole(limit)}` : ", without a limit"}`],
		["frames", `${whole(now.shown)} shown, ${whole(now.skipped)} came too late`],
	]);
	if (now.problem !== undefined) note(now.problem);
}

function lineOf({ state: what, pattern, brightness, gamma, fps }: HttpState): string {
	const parts = [what, pattern, `brightness ${brightness}`, `gamma ${(gamma / 100).toFixed(2)}`];
	return [...parts, fps > 0 ? `${fps} a second` : ""].filter((part) => part !== "").join("  ");
}
