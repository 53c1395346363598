import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseMocha, type Result } from "./results.js";
import { inProject, ROOT } from "./spec-modules.js";

/** Runs spec files under Mocha, for other places to be compared with. @throws Error when Mocha cannot be started */
export function runMocha(files: readonly string[]): readonly Result[] {
	const output = join(ROOT, "build/xs/mocha.json");
	mkdirSync(join(ROOT, "build/xs"), { recursive: true });
	const args = [
		"--config",
		"tests/mocharc.json",
		"--reporter",
		"json",
		"--reporter-option",
		`output=${output}`,
		...files,
	];
	const { status } = spawnSync(process.execPath, ["node_modules/mocha/bin/mocha.js", ...args], { cwd: ROOT });
	if (status === null) throw new Error("Mocha did not run");
	return parseMocha(readFileSync(output, "utf8"), inProject).results;
}
