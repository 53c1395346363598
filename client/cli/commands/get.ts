import { existsSync } from "node:fs";
import { download } from "../../src/download.js";
import { nameBytes } from "../../src/frames.js";
import { Bar } from "../bar.js";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { print, printJson, whole } from "../output.js";
import { callersPath } from "../paths.js";
import { writeWhole } from "../whole-file.js";

/** Fetches a pattern into a file: by HTTP, so that it needs no place of the two that clients have. */
export async function get(
	context: Context,
	name: string,
	file: string | undefined,
	options: { force?: boolean },
): Promise<number> {
	nameBytes(name);
	const address = await context.address();
	const path = file ?? (/\.prism$/i.test(name) ? name : `${name}.prism`);
	if (file === undefined && options.force !== true && existsSync(callersPath(path))) {
		throw new Failure(`there is a file ${path} already; --force writes over it, and k1 get "${name}" FILE to another`);
	}
	const bar = new Bar(name);
	let bytes: Uint8Array;
	try {
		bytes = await download(address, name, context.timeout, { onProgress: bar.update, signal: context.signal });
	} finally {
		bar.end();
	}
	if (path === "-") {
		process.stdout.write(bytes);
		return DONE;
	}
	writeWhole(callersPath(path), bytes);
	if (context.json) printJson({ name, file: path, size: bytes.length });
	else print(`${path}: ${whole(bytes.length)} bytes`);
	return DONE;
}
