import { differences, parseMocha, parseTap } from "../harness/results.js";
import { TapReporter } from "../harness/tap.js";
import { deepEqual, equal } from "../support/assert.js";

describe("comparing results of two places", () => {
	const result = (title: string, passed = true, file = "a") => ({ file, title, passed, message: "" });

	it("reads back what the harness writes", () => {
		const lines: string[] = [];
		const tap = new TapReporter((line) => lines.push(line));
		tap.file("a");
		tap.pass("one \\ # \\# two");
		lines.push("noise of a test");
		tap.fail("three", new Error("why\nnot"));
		equal(parseTap(lines.join("\n")).complete, false);
		tap.end();
		const report = parseTap(lines.join("\n"));
		equal(report.complete, true);
		deepEqual(report.results, [result("one \\ # \\# two"), { ...result("three", false), message: "Error: why\nnot" }]);
	});

	it("reads Mocha's JSON", () => {
		const test = { file: "/p/a", fullTitle: "one", err: {} };
		const json = JSON.stringify({ passes: [test], failures: [{ ...test, err: { message: "why" } }] });
		const { results } = parseMocha(json, (path) => path.slice(3));
		deepEqual(results, [result("one"), { ...result("one", false), message: "why" }]);
	});

	it("finds tests that ran in one place alone, twice, or ended otherwise", () => {
		const a = [result("same"), result("here"), result("other"), result("twice"), result("twice")];
		const b = [result("same"), result("there"), result("other", false), result("twice"), result("same", true, "b")];
		deepEqual(differences("here", a, "there", b), [
			"a: here: ran 1 times here, 0 times there",
			"a: other: passed 1 times here, 0 times there",
			"a: twice: ran 2 times here, 1 times there",
			"a: there: ran 0 times here, 1 times there",
			"b: same: ran 0 times here, 1 times there",
		]);
	});

	it("takes the order of tests for no difference", () => {
		deepEqual(differences("x", [result("1"), result("2", false)], "y", [result("2", false), result("1")]), []);
	});
});
