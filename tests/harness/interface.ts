import { type Body, type Hook, Suite } from "./suite.js";

/** A hook's body alone, or its name and its body. */
type AddHook = (titleOrBody: string | Body, body?: Body) => void;

/** The functions a spec file finds as globals. */
export interface Interface {
	describe(title: string, body: () => void): void;
	it(title: string, body?: Body): void;
	before: AddHook;
	after: AddHook;
	beforeEach: AddHook;
	afterEach: AddHook;
}

/** Builds a tree of suites while a spec file is evaluated: `interface` goes to the spec, `root` to the runner. */
export class Collector {
	readonly root = new Suite("", undefined);
	readonly interface: Interface;
	#current = this.root;

	constructor() {
		const hook =
			(kind: string, list: (suite: Suite) => Hook[]): AddHook =>
			(titleOrBody, body) => {
				const run = typeof titleOrBody === "string" ? body : titleOrBody;
				if (run === undefined) throw new TypeError(`a "${kind}" hook needs a function`);
				const name = typeof titleOrBody === "string" ? titleOrBody : (run.name ?? ""); // XS may be built without function names
				list(this.#current).push({ title: `"${kind}" hook${name === "" ? "" : `: ${name}`}`, body: run });
			};
		this.interface = {
			describe: (title, body) => this.#describe(title, body),
			it: (title, body) => {
				this.#current.tests.push({ title: oneLine(title), body });
			},
			before: hook("before all", (suite) => suite.beforeAll),
			after: hook("after all", (suite) => suite.afterAll),
			beforeEach: hook("before each", (suite) => suite.beforeEach),
			afterEach: hook("after each", (suite) => suite.afterEach),
		};
	}

	#describe(title: string, body: () => void): void {
		const suite = new Suite(oneLine(title), this.#current);
		this.#current.suites.push(suite);
		const outer = this.#current;
		this.#current = suite;
		try {
			body();
		} finally {
			this.#current = outer;
		}
	}
}

/** TAP has one line a test, so a title with a line end in it could not be reported. */
function oneLine(title: string): string {
	if (title.includes("\n")) throw new RangeError("a title must be one line");
	return title;
}
