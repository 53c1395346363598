/** One test's result, as every place reports it. */
export interface Result {
	/** The spec file, relative to the project. */
	readonly file: string;
	/** The full title: the suites' and the test's, with spaces between them. */
	readonly title: string;
	readonly passed: boolean;
	/** Of a failure: what is known of it. */
	readonly message: string;
}

/** What a place reported: `complete` is false when it ended before its plan. */
export interface Report {
	readonly results: readonly Result[];
	readonly complete: boolean;
}

/** Reads the TAP that `tap.ts` writes. Lines that are not TAP (a test's own output) are passed over. */
export function parseTap(text: string): Report {
	const results: Result[] = [];
	let file = "";
	let plan = -1;
	for (const line of text.split("\n")) {
		const result = /^(not )?ok \d+ - (.*)$/.exec(line);
		const message = /^ {2}message: (.*)$/.exec(line);
		const last = results.at(-1);
		if (result) {
			const title = (result[2] ?? "").replaceAll(/\\([\\#])/g, "$1");
			results.push({ file, title, passed: result[1] === undefined, message: "" });
		} else if (message && last && !last.passed) {
			results[results.length - 1] = { ...last, message: JSON.parse(message[1] ?? '""') };
		} else if (line.startsWith("# file: ")) {
			file = line.slice("# file: ".length);
		} else if (/^1\.\.\d+$/.test(line)) {
			plan = Number(line.slice(3));
		}
	}
	return { results, complete: plan === results.length };
}

/** Reads what `mocha --reporter json` writes; `relative` makes a file's path one that starts at the project. */
export function parseMocha(json: string, relative: (path: string) => string): Report {
	interface MochaTest {
		file: string;
		fullTitle: string;
		err: { message?: string };
	}
	const { passes, failures } = JSON.parse(json) as { passes: MochaTest[]; failures: MochaTest[] };
	const read = (passed: boolean) => (test: MochaTest) => ({
		file: relative(test.file),
		title: test.fullTitle,
		passed,
		message: test.err.message ?? "",
	});
	return { results: [...passes.map(read(true)), ...failures.map(read(false))], complete: true };
}

/**
 * What keeps two reports from agreeing, a line each: tests that ran in one place alone, more often in one, or with
 * another result. `left` and `right` are the places' names.
 */
export function differences(left: string, a: readonly Result[], right: string, b: readonly Result[]): string[] {
	const count = (results: readonly Result[]) => {
		const counts = new Map<string, { runs: number; passes: number }>();
		for (const { file, title, passed } of results) {
			const key = `${file}: ${title}`;
			const entry = counts.get(key) ?? { runs: 0, passes: 0 };
			counts.set(key, { runs: entry.runs + 1, passes: entry.passes + Number(passed) });
		}
		return counts;
	};
	const inA = count(a);
	const inB = count(b);
	const none = { runs: 0, passes: 0 };
	const lines: string[] = [];
	for (const key of new Set([...inA.keys(), ...inB.keys()])) {
		const x = inA.get(key) ?? none;
		const y = inB.get(key) ?? none;
		if (x.runs !== y.runs) lines.push(`${key}: ran ${x.runs} times ${left}, ${y.runs} times ${right}`);
		else if (x.passes !== y.passes) lines.push(`${key}: passed ${x.passes} times ${left}, ${y.passes} times ${right}`);
	}
	return lines;
}
