/**
 * Mutation tests: does a spec fail when the code is changed?
 *
 *     npm run test:mutation                  all groups of groups.ts
 *     npm run test:mutation -- tlv http      these
 *     npm run test:mutation -- storage/journal
 *                                            one file of a group
 *
 * Lists what no spec noticed, and a table; build/mutation/GROUP.html shows the same in the code. Exits with 1 where a score is
 * below LEAST_SCORE. survivors.md explains those that nothing can notice. Stryker is installed here at the first run, as its
 * runner needs another Mocha than ours.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { GROUPS, type Group, groupOf } from "./groups.js";
import { LEAST_SCORE, OUT, optionsFor, reportOf } from "./options.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const STRYKER = `${HERE}node_modules/@stryker-mutator/core/bin/stryker.js`;

/** The same inputs in every run, fewer of them, and none kept: the code is broken on purpose. */
const FUZZ = { FUZZ_SEED: "20260101", FUZZ_RUNS: "100", FUZZ_KEEP: "0", K1_LONG: "" };

interface Mutant {
	readonly mutatorName: string;
	readonly replacement?: string;
	readonly status: string;
	readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
	readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

/** Runs a program in the project's folder; ends with it where it fails. */
function run(command: string, ...parameters: string[]): void {
	const { status } = spawnSync(command, parameters, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...FUZZ } });
	if (status !== 0) process.exit(status ?? 1);
}

/** A mutant that no spec noticed, in a line. */
function lineOf(file: string, { location, mutatorName, replacement = "", status }: Mutant): string {
	const { line, column } = location.start;
	return `${status} ${file}:${line}:${column} ${mutatorName}: ${replacement.replace(/\s+/g, " ").slice(0, 90)}`;
}

/** Tests a group; returns its row of the table. */
function test(name: string) {
	const began = Date.now();
	const config = reportOf(name, "config.json");
	writeFileSync(`${ROOT}${config}`, JSON.stringify(optionsFor(name, groupOf(name) as Group)));
	run(process.execPath, STRYKER, "run", config);
	const report: Report = JSON.parse(readFileSync(`${ROOT}${reportOf(name, "json")}`, "utf8"));
	// The rest are changes that cannot be run at all, and count as nothing.
	const counts = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0, Ignored: 0, RuntimeError: 0 };
	for (const [file, { mutants }] of Object.entries(report.files)) {
		for (const mutant of mutants) {
			counts[mutant.status as keyof typeof counts]++;
			if (mutant.status === "Survived" || mutant.status === "NoCoverage") console.log(lineOf(file, mutant));
		}
	}
	const noticed = counts.Killed + counts.Timeout;
	const score = Math.floor((noticed / (noticed + counts.Survived + counts.NoCoverage)) * 1000) / 10;
	return { group: name, ...counts, score, minutes: Math.round((Date.now() - began) / 6000) / 10 };
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(GROUPS);
const unknown = names.find((name) => groupOf(name) === undefined);
if (unknown !== undefined) {
	console.error(`no group or file "${unknown}"; there are ${Object.keys(GROUPS).join(", ")}`);
	process.exit(2);
}
setPriority(constants.priority.PRIORITY_LOW);
if (!existsSync(STRYKER)) run("npm", "ci", "--prefix", "tests/mutation");
mkdirSync(`${ROOT}${OUT}`, { recursive: true });
const table = names.map(test);
console.table(table);
if (table.some(({ score }) => score < LEAST_SCORE)) {
	console.error(`A score is below ${LEAST_SCORE} %.`);
	process.exitCode = 1;
}
