import type { LogLevel, LogLine } from "../../src/types.js";
import { dim, red, yellow } from "../colors.js";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { print, printJsonLine } from "../output.js";
import { until } from "../until.js";

/** Prints the device's log: its last lines, and then those that come, until Ctrl-C or the time is over. */
export async function logs(context: Context, options: { level: LogLevel; seconds?: number }): Promise<number> {
	const k1 = await context.connect();
	const { level, seconds } = options;
	await until(context, seconds, async (signal) => {
		for await (const line of k1.logs({ level, signal })) {
			if (context.json) printJsonLine(line);
			else print(lineOf(line));
		}
	});
	return DONE;
}

/** A line as the device's own console has it; what a terminal would obey is not left in it. */
function lineOf({ level, ms, text }: LogLine): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for.
	const shown = text.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
	const seconds = (ms / 1000).toFixed(3).padStart(9);
	switch (level) {
		case "error":
			return `${seconds} ${red("error")} ${shown}`;
		case "warn":
			return `${seconds} ${yellow("warn")}  ${shown}`;
		case "gap":
			return dim(`${"".padStart(9)} ...   ${shown}`);
		case "debug":
			return `${seconds} ${dim(`debug ${shown}`)}`;
		default:
			return `${seconds} ${level}  ${shown}`;
	}
}
