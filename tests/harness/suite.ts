/** The tree that `describe`, `it` and the hooks build, before anything of it runs. */

/** The function of a test or a hook: returns nothing, or a promise that settles when it is done. */
export type Body = () => unknown;

/** One `it`. Without a body it is pending, which counts as a failure here. */
export interface Test {
	readonly title: string;
	readonly body: Body | undefined;
}

/** One `before`, `after`, `beforeEach` or `afterEach`. */
export interface Hook {
	readonly title: string;
	readonly body: Body;
}

/** One `describe`, or the nameless root of a spec file. */
export class Suite {
	readonly suites: Suite[] = [];
	readonly tests: Test[] = [];
	readonly beforeAll: Hook[] = [];
	readonly afterAll: Hook[] = [];
	readonly beforeEach: Hook[] = [];
	readonly afterEach: Hook[] = [];

	constructor(
		readonly title: string,
		readonly parent: Suite | undefined,
	) {}

	/** The titles from the outermost suite down to this one, and then `title`, with a space between them, as Mocha joins them. */
	fullTitle(title: string): string {
		const own = this.title === "" ? title : `${this.title} ${title}`;
		return this.parent ? this.parent.fullTitle(own) : own;
	}

	/** How many tests this suite and those in it hold. */
	get total(): number {
		return this.suites.reduce((sum, suite) => sum + suite.total, this.tests.length);
	}
}
