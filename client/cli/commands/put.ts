import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { buffer } from "node:stream/consumers";
import { ArgumentError, DeviceError } from "../../src/errors.js";
import { nameBytes } from "../../src/frames.js";
import { Bar } from "../bar.js";
import type { Context } from "../context.js";
import { DONE, FAILED, USAGE } from "../exit-codes.js";
import { describe, Failure } from "../failure.js";
import { note, print, printJson, size, whole } from "../output.js";
import { callersPath } from "../paths.js";

/** The name that a pattern from this file gets. */
export function nameOf(file: string): string {
	return basename(file).replace(/\.prism$/i, "");
}

/** Which file goes to which name. @throws Failure for a command line that cannot be right */
function plan(files: readonly string[], name: string | undefined): { file: string; name: string }[] {
	if (name !== undefined && files.length > 1)
		throw new Failure("--name is for one file; several have their own", USAGE);
	if (name === undefined && files.includes("-")) throw new Failure("what comes from stdin needs a --name", USAGE);
	const planned = files.map((file) => ({ file, name: name ?? nameOf(file) }));
	const names = new Set<string>();
	for (const each of planned) {
		try {
			nameBytes(each.name);
		} catch (error) {
			if (!(error instanceof ArgumentError)) throw error;
			throw new Failure(`${error.message}\nGive ${each.file} another one with --name.`, USAGE);
		}
		if (names.has(each.name)) throw new Failure(`two of the files would be called "${each.name}"`, USAGE);
		names.add(each.name);
	}
	return planned;
}

/** Sends patterns. One that is refused does not keep the others from being sent. */
export async function put(context: Context, files: readonly string[], options: { name?: string }): Promise<number> {
	const patterns: { file: string; name: string; bytes: Uint8Array }[] = [];
	// All of them are read before the first is sent: a wrong path shall not be told in the middle.
	for (const { file, name } of plan(files, options.name)) {
		const bytes = file === "-" ? await buffer(process.stdin) : await readFile(callersPath(file));
		patterns.push({ file, name, bytes });
	}
	const k1 = await context.connect();
	const sent: { name: string; size: number; crc32: string; seconds: number }[] = [];
	for (const { file, name, bytes } of patterns) {
		const bar = new Bar(name);
		const began = Date.now();
		try {
			await k1.upload(name, bytes, { onProgress: bar.update, signal: context.signal });
		} catch (error) {
			bar.end();
			if (!(error instanceof DeviceError)) throw error;
			note(`${file}: ${describe(error).sentences}`);
			continue;
		}
		bar.end();
		const seconds = (Date.now() - began) / 1000;
		if (context.json) {
			const crc32 = (await k1.list()).find((pattern) => pattern.name === name)?.crc32 ?? "";
			sent.push({ name, size: bytes.length, crc32, seconds });
		} else {
			const rate = seconds > 0 ? ` (${size(bytes.length / seconds)}/s)` : "";
			print(`${name}: ${whole(bytes.length)} bytes stored in ${seconds.toFixed(1)} s${rate}`);
			sent.push({ name, size: bytes.length, crc32: "", seconds });
		}
	}
	if (context.json) printJson(sent);
	return sent.length === patterns.length ? DONE : FAILED;
}
