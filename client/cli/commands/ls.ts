import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { note, print, printJson, printTable, size, whole } from "../output.js";

/** Lists the patterns. */
export async function ls(context: Context): Promise<number> {
	const k1 = await context.connect();
	const listed = await k1.list();
	if (context.json) printJson(listed);
	else if (listed.length === 0) note("no patterns are stored; k1 put FILE sends one");
	else {
		printTable(
			["name", "bytes", "CRC-32"],
			listed.map((pattern) => [pattern.name, whole(pattern.size), pattern.crc32]),
			[1],
		);
		const { storage, mostPatterns } = await k1.status();
		print(`\n${listed.length} of ${mostPatterns} patterns, ${size(storage.used)} of ${size(storage.size)} used`);
	}
	return DONE;
}
