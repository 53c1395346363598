import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual } from "../support/assert.js";
import { findState } from "./module-scope.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Modules that may not be written like this, and what the check says of each; nothing where they may. */
const PLANTED: readonly (readonly [string, string])[] = [
	["let count = 0; export const next = () => ++count;", "count is declared with let"],
	["export var count = 0;", "count is declared with var"],
	["export const list: number[] = [];", "list is not frozen"],
	["const cache = { a: 1 }; export const get = () => cache;", "cache is not frozen"],
	["export const table = Object.freeze([{ a: 1 }]);", "table holds something that is not frozen"],
	["export const names = new Map<string, number>();", "names is a Map"],
	["export const buffer = Object.freeze({ bytes: new Uint8Array(4) });", "buffer holds something that is a Uint8Array"],
	["export const word = /a/;", "word is a RegExp"],
	["export class Ids { static next = 0; }", "Ids has the static field next"],
	["export const A = 1; export const B = Object.freeze(['b']); export class D { e = []; static f() {} }", ""],
];

describe("Module scope", () => {
	let folder = "";

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "module-scope-"));
	});

	after(() => rm(folder, { recursive: true }));

	it("is found mutable where it is", async () => {
		for (const [code, says] of PLANTED) {
			await writeFile(join(folder, "planted.ts"), code);
			deepEqual(await findState(folder, ["./planted.ts"]), says === "" ? [] : [`planted.ts: ${says}`], code);
		}
	});

	it("holds nothing mutable in the firmware", async () => {
		const files: string[] = [];
		for (const top of ["modules", "boards/esp32", "host-shim/sdk"]) {
			for (const name of await readdir(join(root, top), { recursive: true })) {
				if (name.endsWith(".ts") && !name.endsWith(".d.ts")) files.push(`./${top}/${name}`);
			}
		}
		deepEqual(await findState(root, files), []);
	});
});
