import type { Port } from "./port.js";
import { run } from "./runnable.js";
import type { Hook, Suite, Test } from "./suite.js";

/** Is told of each test as it ends, and of each hook that fails. Titles are full titles. */
export interface Reporter {
	pass(title: string): void;
	fail(title: string, error: Error): void;
}

/**
 * Runs a tree of suites in Mocha's order and with Mocha's rules for hooks that fail:
 * - after a failed "before all" nothing in that suite runs but its "after all" hooks;
 * - after a failed "before each" or "after each" the rest of the suite that owns the hook is left out, and each "after each" that is
 *   still due runs once;
 * - a failed "after all" changes nothing else;
 * - a suite without tests runs no hooks.
 */
export class Runner {
	readonly #port: Port;
	readonly #reporter: Reporter;
	readonly #timeout: number;

	/** `timeout`: what one test or hook may take, in ms. */
	constructor(port: Port, reporter: Reporter, timeout: number) {
		this.#port = port;
		this.#reporter = reporter;
		this.#timeout = timeout;
	}

	/** Runs the suite and all in it. Returns the suite farther out whose hook failed and which must end too, if any. */
	async run(suite: Suite): Promise<Suite | undefined> {
		if (suite.total === 0) return undefined;
		let failed: Suite | undefined;
		if (await this.#hooks(suite.beforeAll, suite, suite.tests[0])) {
			failed = await this.#tests(suite);
			for (const inner of suite.suites) {
				if (failed !== undefined) break;
				failed = await this.run(inner);
			}
		}
		await this.#hooks(suite.afterAll, suite, suite.tests.at(-1));
		return failed === suite ? undefined : failed;
	}

	async #tests(suite: Suite): Promise<Suite | undefined> {
		for (const test of suite.tests) {
			if (test.body === undefined) {
				this.#reporter.fail(suite.fullTitle(test.title), new Error("Pending test forbidden"));
				continue;
			}
			const before = await this.#hooksDown(suite, test);
			if (before !== undefined) return this.#leave(before, before, test);
			const error = await run(test.body, this.#port, this.#timeout);
			const title = suite.fullTitle(test.title);
			if (error === undefined) this.#reporter.pass(title);
			else this.#reporter.fail(title, error);
			const after = await this.#hooksUp(suite, test);
			if (after !== undefined) return this.#leave(after, after.parent, test);
		}
		return undefined;
	}

	/** A hook of `failed` has failed: runs the "after each" hooks from `start` outwards. Returns the outermost suite that must end. */
	async #leave(failed: Suite, start: Suite | undefined, test: Test): Promise<Suite> {
		const outer = await this.#hooksUp(start, test);
		return outer === undefined ? failed : this.#leave(outer, outer.parent, test);
	}

	async #hooksDown(suite: Suite, test: Test): Promise<Suite | undefined> {
		const outer = suite.parent && (await this.#hooksDown(suite.parent, test));
		if (outer !== undefined) return outer;
		return (await this.#hooks(suite.beforeEach, suite, test)) ? undefined : suite;
	}

	async #hooksUp(start: Suite | undefined, test: Test): Promise<Suite | undefined> {
		for (let suite = start; suite !== undefined; suite = suite.parent) {
			if (!(await this.#hooks(suite.afterEach, suite, test))) return suite;
		}
		return undefined;
	}

	/** Runs hooks of one kind up to the first that fails. True when none did. */
	async #hooks(hooks: readonly Hook[], suite: Suite, test: Test | undefined): Promise<boolean> {
		for (const hook of hooks) {
			const error = await run(hook.body, this.#port, this.#timeout);
			if (error === undefined) continue;
			const where = test === undefined ? ` in "${suiteName(suite)}"` : ` for "${test.title}"`;
			this.#reporter.fail(suite.fullTitle(hook.title + where), error);
			return false;
		}
		return true;
	}
}

function suiteName(suite: Suite): string {
	return suite.parent === undefined ? "{root}" : suite.title;
}
