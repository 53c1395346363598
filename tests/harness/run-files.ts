import { Collector } from "./interface.js";
import type { Port } from "./port.js";
import { Runner } from "./runner.js";
import { TapReporter } from "./tap.js";

/** What a test or hook may take by default, in ms; the same as in `tests/mocharc.json`. */
export const TIMEOUT = 5000;

/** A spec file: `load` evaluates it, once, with the globals `describe`, `it` and the hooks in place. */
export interface SpecFile {
	readonly name: string;
	load(): unknown;
}

/**
 * Runs spec files one after the other and prints TAP. Of a file that has been run nothing is kept but the counts, so the
 * memory needed is that of the largest file. A file that throws while it loads is one failed test, named after it.
 * Returns the number of failures.
 */
export async function runFiles(files: Iterable<SpecFile>, port: Port, timeout = TIMEOUT): Promise<number> {
	const reporter = new TapReporter((line) => port.print(line));
	const runner = new Runner(port, reporter, timeout);
	for (const file of files) {
		reporter.file(file.name);
		const collector = new Collector();
		Object.assign(globalThis, collector.interface);
		try {
			await file.load();
		} catch (thrown) {
			reporter.fail(`${file.name} loads`, thrown instanceof Error ? thrown : new Error(String(thrown)));
			continue;
		}
		await runner.run(collector.root);
		// The globals lead to the whole suite: without this it would be there until the next file has been loaded.
		for (const name of Object.keys(collector.interface)) Reflect.deleteProperty(globalThis, name);
	}
	reporter.end();
	return reporter.failed;
}
