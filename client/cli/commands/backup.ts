import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "../../../modules/bytes/bytes.js";
import { download } from "../../src/download.js";
import { hex32 } from "../../src/frames.js";
import type { Listed } from "../../src/types.js";
import { Bar } from "../bar.js";
import type { Context } from "../context.js";
import { DONE, FAILED } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { type HttpState, type StateChange, stateOf } from "../http.js";
import { print, printJson, whole } from "../output.js";
import { callersPath } from "../paths.js";
import { writeWhole } from "../whole-file.js";

/** The file of a backup that says what is in it; the last one that is written. */
const CONTENTS = "k1-backup.json";

/** A pattern of a backup. */
interface Kept extends Listed {
	/** Name of its file. */
	readonly file: string;
}

interface Contents {
	readonly patterns: readonly Kept[];
	readonly state: Pick<HttpState, "state" | "pattern" | "brightness" | "gamma">;
}

/** What was there already, and what was sent or fetched. */
interface Result {
	patterns: number;
	moved: number;
	bytes: number;
}

/** Files for patterns: two names that differ in capitals alone are one file on some systems. */
function filesFor(listed: readonly Listed[]): Kept[] {
	const taken = new Set<string>();
	return listed.map((pattern) => {
		let file = `${pattern.name}.prism`;
		for (let i = 2; taken.has(file.toLowerCase()); i++) file = `${pattern.name}~${i}.prism`;
		taken.add(file.toLowerCase());
		return { ...pattern, file };
	});
}

function isSame(bytes: Uint8Array, { size, crc32: crc }: Listed): boolean {
	return bytes.length === size && hex32(crc32(0, bytes, 0, bytes.length)) === crc;
}

/** Fetches all patterns and the state into a folder. What is there already, of this or an earlier call, is not fetched again. */
export async function backup(context: Context, folder: string): Promise<number> {
	const place = callersPath(folder);
	mkdirSync(place, { recursive: true });
	const k1 = await context.connect();
	const address = await context.address();
	const kept = filesFor(await k1.list());
	const result: Result = { patterns: kept.length, moved: 0, bytes: 0 };
	for (const pattern of kept) {
		context.signal.throwIfAborted();
		const path = join(place, pattern.file);
		if (existsSync(path) && isSame(readFileSync(path), pattern)) continue;
		const bar = new Bar(pattern.name);
		try {
			const options = { onProgress: bar.update, signal: context.signal };
			const bytes = await download(address, pattern.name, context.timeout, options);
			if (!isSame(bytes, pattern))
				throw new Failure(`"${pattern.name}" was changed while it was fetched; call k1 backup again`);
			writeWhole(path, bytes);
			result.bytes += bytes.length;
		} finally {
			bar.end();
		}
		result.moved++;
		if (!context.json) print(`${pattern.name}: ${whole(pattern.size)} bytes`);
	}
	const { state, pattern, brightness, gamma } = await stateOf(address, context.timeout);
	const contents: Contents = { patterns: kept, state: { state, pattern, brightness, gamma } };
	writeWhole(join(place, CONTENTS), `${JSON.stringify(contents, undefined, 2)}\n`);
	tell(context, result, `in ${folder}`);
	return DONE;
}

/** Sends a backup's patterns, and has the device do what it did. Patterns that are there already are not sent again. */
export async function restore(context: Context, folder: string): Promise<number> {
	const { patterns, state } = readContents(folder);
	const k1 = await context.connect();
	const stored = new Map((await k1.list()).map((pattern) => [pattern.name, pattern]));
	const result: Result = { patterns: patterns.length, moved: 0, bytes: 0 };
	for (const pattern of patterns) {
		context.signal.throwIfAborted();
		const there = stored.get(pattern.name);
		if (there?.size === pattern.size && there.crc32 === pattern.crc32) continue;
		const bytes = readFileSync(join(callersPath(folder), pattern.file));
		if (!isSame(bytes, pattern)) throw new Failure(`${pattern.file} is not as it was when the backup was made`);
		const bar = new Bar(pattern.name);
		try {
			await k1.upload(pattern.name, bytes, { onProgress: bar.update, signal: context.signal });
		} finally {
			bar.end();
		}
		result.moved++;
		result.bytes += bytes.length;
		if (!context.json) print(`${pattern.name}: ${whole(bytes.length)} bytes`);
	}
	const { state: what, pattern, brightness, gamma } = state;
	const known = patterns.some(({ name }) => name === pattern);
	const change: StateChange = { brightness, gamma, on: what !== "stopped", ...(known && { pattern }), transition: 0 };
	// A device that never played anything has nothing that it could be told to play.
	const nothing = pattern === "" && what !== "stopped";
	await stateOf(await context.address(), context.timeout, nothing ? { brightness, gamma } : change);
	if (what === "paused") await k1.pause();
	tell(context, result, "on the device");
	if (pattern !== "" && !known && what !== "stopped") {
		throw new Failure(`what played, "${pattern}", is not in the backup; all else is restored`, FAILED);
	}
	return DONE;
}

function readContents(folder: string): Contents {
	const path = join(callersPath(folder), CONTENTS);
	if (!existsSync(path))
		throw new Failure(`${folder} is no whole backup: it has no ${CONTENTS}. k1 backup ${folder} makes one`);
	try {
		const contents: Contents = JSON.parse(readFileSync(path, "utf8"));
		if (Array.isArray(contents.patterns) && typeof contents.state === "object") return contents;
	} catch {
		// Told below.
	}
	throw new Failure(`${path} cannot be read; make the backup again`);
}

function tell(context: Context, { patterns, moved, bytes }: Result, where: string): void {
	if (context.json) printJson({ patterns, moved, bytes });
	else print(`${patterns} patterns and the state are ${where}; ${patterns - moved} were there already`);
}
