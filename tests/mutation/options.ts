import type { Group } from "./groups.js";

/** Where the reports and the changed copies of the project go. */
export const OUT = "build/mutation";
/** The least score, percent. */
export const LEAST_SCORE = 85;

/** The report of a group or of one file of it. */
export function reportOf(name: string, type: string): string {
	return `${OUT}/${name.replace("/", "-")}.${type}`;
}

/**
 * Stryker's options for one group. It changes a copy of the project, one place at a time, and runs the specs that come by
 * there: one that fails, or does not end, has noticed.
 */
export function optionsFor(name: string, { mutate, specs }: Group): object {
	return {
		testRunner: "mocha",
		testRunnerNodeArgs: ["--import", "tsx"],
		mochaOptions: { spec: specs, config: "tests/mutation/mocharc.json" },
		coverageAnalysis: "perTest",
		mutate,
		plugins: ["@stryker-mutator/mocha-runner", "./tests/mutation/sentences.mjs"],
		ignorers: ["sentences"],
		ignorePatterns: ["/*", "!/modules", "!/tests", "!/host-shim", "!/package.json", "!/tsconfig.json"],
		// Nothing is compiled: tsx takes the types away, and Stryker does not know a compiler as new as ours.
		tsconfigFile: "tests/mutation/none.json",
		concurrency: 1,
		// On a machine that others use too, what is slow must not count as noticed.
		timeoutMS: 8_000,
		timeoutFactor: 4,
		tempDirName: `${OUT}/sandbox`,
		reporters: ["progress-append-only", "html", "json"],
		htmlReporter: { fileName: reportOf(name, "html") },
		jsonReporter: { fileName: reportOf(name, "json") },
	};
}
