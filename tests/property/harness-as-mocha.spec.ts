import Mocha from "mocha";
import type { Interface } from "../harness/interface.js";
import { deepEqual } from "../support/assert.js";
import { hookCases, testCases } from "../support/harness-cases.js";

/** The harness's own cases, put to the real Mocha: the results that the harness is held to are Mocha's. */
describe("harness cases under Mocha", () => {
	for (const { name, build, results, ran } of [...testCases, ...hookCases]) {
		it(`reports ${name} so`, async () => {
			const mocha = new Mocha({
				timeout: 20,
				forbidPending: true,
				reporter: class {} as unknown as Mocha.ReporterConstructor,
			});
			const globals = {};
			mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globals, "", mocha);
			const log: string[] = [];
			build(globals as Interface, (what) => log.push(what));
			const actual: string[] = [];
			await new Promise<void>((resolve) => {
				const runner = mocha.run(() => resolve());
				runner.on("pass", (test) => actual.push(`ok ${test.fullTitle()}`));
				runner.on("fail", (test) => actual.push(`not ok ${test.fullTitle()}`));
			});
			deepEqual(actual, results);
			deepEqual(log, ran);
		});
	}
});
