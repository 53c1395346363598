import type { Reporter } from "./runner.js";

/** Writes results as TAP, version 14 (testanything.org): a line a test, the failures with their message, the plan at the end. */
export class TapReporter implements Reporter {
	readonly #print: (line: string) => void;
	#count = 0;
	failed = 0;

	constructor(print: (line: string) => void) {
		this.#print = print;
		print("TAP version 14");
	}

	/** Names the spec file that the following results belong to. */
	file(name: string): void {
		this.#print(`# file: ${name}`);
	}

	pass(title: string): void {
		this.#print(`ok ${++this.#count} - ${escaped(title)}`);
	}

	fail(title: string, error: Error): void {
		this.failed++;
		this.#print(`not ok ${++this.#count} - ${escaped(title)}`);
		this.#print("  ---");
		this.#print(`  message: ${JSON.stringify(String(error))}`);
		if (error.stack) this.#print(`  stack: ${JSON.stringify(error.stack)}`);
		this.#print("  ...");
	}

	/** The plan: without it a reader knows that the run ended before its time. */
	end(): void {
		this.#print(`1..${this.#count}`);
	}
}

/** A `#` would start a directive, and a backslash escapes. */
function escaped(title: string): string {
	return title.replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}
