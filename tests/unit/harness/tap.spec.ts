import { TapReporter } from "../../harness/tap.js";
import { deepEqual, equal } from "../../support/assert.js";

describe("harness TAP", () => {
	it("numbers the tests, names the files and ends with the plan", () => {
		const lines: string[] = [];
		const tap = new TapReporter((line) => lines.push(line));
		tap.file("a.spec.ts");
		tap.pass("one two");
		tap.file("b.spec.ts");
		const error = new RangeError('"quoted"\nand long');
		Object.defineProperty(error, "stack", { value: "" });
		tap.fail("three", error);
		tap.end();
		deepEqual(lines, [
			"TAP version 14",
			"# file: a.spec.ts",
			"ok 1 - one two",
			"# file: b.spec.ts",
			"not ok 2 - three",
			"  ---",
			'  message: "RangeError: \\"quoted\\"\\nand long"',
			"  ...",
			"1..2",
		]);
		equal(tap.failed, 1);
	});

	it("escapes what TAP would read as a directive", () => {
		const lines: string[] = [];
		new TapReporter((line) => lines.push(line)).pass("C:\\ # SKIP");
		equal(lines[1], "ok 1 - C:\\\\ \\# SKIP");
	});

	it("reports no test at all as an empty plan", () => {
		const lines: string[] = [];
		new TapReporter((line) => lines.push(line)).end();
		deepEqual(lines, ["TAP version 14", "1..0"]);
	});
});
