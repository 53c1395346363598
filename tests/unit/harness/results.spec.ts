import { Collector } from "../../harness/interface.js";
import { Runner } from "../../harness/runner.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { FakePort } from "../../support/fake-port.js";
import { type HarnessCase, hookCases, testCases } from "../../support/harness-cases.js";

async function report(build: HarnessCase["build"], port: FakePort, timeout = 20) {
	const ran: string[] = [];
	const results: string[] = [];
	const errors: string[] = [];
	const collector = new Collector();
	build(collector.interface, (what) => ran.push(what));
	const reporter = {
		pass: (title: string) => results.push(`ok ${title}`),
		fail: (title: string, error: Error) => {
			results.push(`not ok ${title}`);
			errors.push(error.message);
		},
	};
	await new Runner(port, reporter, timeout).run(collector.root);
	return { ran, results, errors };
}

describe("harness results", () => {
	for (const { name, build, results, ran } of [...testCases, ...hookCases]) {
		it(`reports ${name} as Mocha does`, async () => {
			const port = new FakePort();
			const actual = await report(build, port);
			deepEqual(actual.results, results);
			deepEqual(actual.ran, ran);
			equal(port.timers, 0, "timers left behind");
		});
	}

	it("fails a test that takes too long without giving way", async () => {
		const port = new FakePort();
		const { results, errors } = await report(({ it }) => {
			it("exact", () => {
				port.time += 20;
			});
			it("slow", () => {
				port.time += 21;
			});
		}, port);
		deepEqual(results, ["ok exact", "not ok slow"]);
		deepEqual(errors, ["Timeout of 20ms exceeded"]);
	});

	it("waits no longer than the timeout, and forgets what comes after", async () => {
		const port = new FakePort();
		let late: ((reason: Error) => void) | undefined;
		const { results } = await report(({ it }) => {
			it("hangs", () =>
				new Promise<void>((_, reject) => {
					late = reject;
				}));
			it("goes on", () => late?.(new Error("too late")));
		}, port);
		deepEqual(results, ["not ok hangs", "ok goes on"]);
		equal(port.time, 20);
	});

	it("refuses a callback in place of a promise", async () => {
		const { results } = await report(({ it }) => {
			it("calls back", ((done: () => void) => done()) as () => void);
		}, new FakePort());
		deepEqual(results, ["not ok calls back"]);
	});

	it("refuses titles of more than a line, and hooks without a function", () => {
		const { describe: suite, it: test, before: first } = new Collector().interface;
		throws(() => suite("two\nlines", () => {}));
		throws(() => test("two\nlines", () => {}));
		throws(() => first("named"));
	});
});
