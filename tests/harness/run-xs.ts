import { availableParallelism } from "node:os";
import { missingPackages, type Place, run, xs32, xs64, xtensa } from "./places.js";
import { differences, parseTap, type Result } from "./results.js";
import { runMocha } from "./run-mocha.js";
import { HARNESS, specFiles, specProgram, translate } from "./spec-modules.js";

/*
 * Runs the unit specs on XS and compares names and results with Mocha's:
 *
 *     tsx tests/harness/run-xs.ts [--64] [--32] [--xtensa] [PREFIX]
 *
 * PREFIX (a path from the project) chooses spec files. Each gets a machine, and a process, of its own.
 */

const ENDED_EARLY = "(the file runs to its end)";

/** One spec file in one place. A run that ended early is a failed test named after the file. */
async function runSpec(place: Place, file: string): Promise<Result[]> {
	const ended = await run(place, specProgram(file, place.timeout).arguments);
	const { results, complete } = parseTap(ended.output);
	if (ended.code === 0 && complete) return [...results];
	const message = `ended with ${ended.code ?? "a signal"} after ${results.length} tests: ${ended.errors || ended.output.slice(-400)}`;
	return [...results, { file, title: ENDED_EARLY, passed: false, message }];
}

async function runAll(place: Place, files: readonly string[]): Promise<Result[]> {
	const queue = [...files];
	const results: Result[] = [];
	const worker = async () => {
		for (let file = queue.shift(); file !== undefined; file = queue.shift())
			results.push(...(await runSpec(place, file)));
	};
	await Promise.all(Array.from({ length: availableParallelism() }, worker));
	return results;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<number> {
	const chosen = [xs64, xs32, xtensa].filter((_, i) => args.includes(["--64", "--32", "--xtensa"][i] ?? ""));
	const places = chosen.length > 0 ? chosen : [xs64];
	const missing = missingPackages(places);
	if (missing.length > 0) {
		print(`To run this, install what is missing: apt-get install ${missing.join(" ")}`);
		return 1;
	}
	for (const place of places) place.build();
	const files = specFiles(args.find((arg) => !arg.startsWith("--")));
	await translate([...files, ...HARNESS]);
	const reference = runMocha(files);
	let failures = 0;
	for (const place of places) {
		const started = Date.now();
		const results = await runAll(place, files);
		const failed = results.filter(({ passed }) => !passed);
		for (const { file, title, message } of failed) print(`  failed: ${file}: ${title}\n    ${message}`);
		// A file that ended early has failed already; its missing tests need no line each.
		const whole = (result: Result) => !results.some(({ file, title }) => file === result.file && title === ENDED_EARLY);
		const odd = differences("under Mocha", reference.filter(whole), `on ${place.name}`, results.filter(whole));
		for (const line of odd) print(`  differs: ${line}`);
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		print(
			`${place.name}: ${results.length - failed.length} passed, ${failed.length} failed (${files.length} files, ${seconds} s)`,
		);
		failures += failed.length + odd.length;
	}
	return failures > 0 || files.length === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
