import type { K1 } from "../../src/k1.js";
import type { Status } from "../../src/types.js";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { print, printFigures, printJson, printJsonLine, size, time, whole } from "../output.js";
import { pause } from "../pause.js";

/** How the device is; with `watch`, every so many seconds until Ctrl-C. */
export async function status(context: Context, options: { watch?: boolean; every: number }): Promise<number> {
	const k1 = await context.connect();
	if (options.watch !== true) {
		const now = await k1.status();
		if (context.json) printJson(now);
		else show(k1, now);
		return DONE;
	}
	while (!context.signal.aborted) {
		const now = await k1.status();
		if (context.json) printJsonLine(now);
		else print(line(now));
		await pause(1000 * options.every, context.signal);
	}
	return DONE;
}

function show(k1: K1, status: Status): void {
	const { heap, blocks, cache, storage } = status;
	// The simulator on Node has no heap of its own to speak of.
	const share = `${Math.round((100 * heap.free) / heap.size)}%`;
	printFigures([
		["device", k1.url],
		["up", time(status.uptime)],
		["clients", `${status.clients} of 2`],
		["patterns", `${status.patterns} of ${status.mostPatterns}`],
		[
			"storage",
			`${size(storage.used)} of ${size(storage.size)} used; ${size(storage.ready)} can be sent at full speed`,
		],
		["heap", `${size(heap.free)} of ${size(heap.size)} free (${share}); ${size(heap.leastFree)} at the least`],
		["blocks", `${blocks.inUse} of ${blocks.total} in use, ${blocks.highest} at the most, ${blocks.refused} refused`],
		["cache", `${whole(cache.hits)} hits, ${whole(cache.misses)} misses`],
		["messages", `${whole(status.frames)} received, ${whole(status.errors)} errors sent`],
	]);
}

function line({ uptime, clients, patterns, storage, heap, frames, errors }: Status): string {
	const parts = [
		`up ${time(uptime)}`,
		`${clients} client${clients === 1 ? "" : "s"}`,
		`${patterns} patterns, ${size(storage.used)}`,
		`heap ${size(heap.free)} free`,
		`${whole(frames)} messages`,
		`${whole(errors)} errors`,
	];
	return parts.join("  ");
}
