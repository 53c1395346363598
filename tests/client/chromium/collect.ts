type Body = () => void | Promise<void>;

/** What a run of `flows` has declared. */
export interface Collected {
	readonly flows: ReadonlyMap<string, Body>;
	before(): Promise<void>;
	after(): Promise<void>;
}

/** Has `declare` declare its flows to us, and not to Mocha. */
export function collect(declare: () => void): Collected {
	const flows = new Map<string, Body>();
	let before: Body = () => {};
	let after: Body = () => {};
	const scope = globalThis as Record<string, unknown>;
	const own = { it: scope.it, beforeEach: scope.beforeEach, afterEach: scope.afterEach };
	scope.it = (name: string, body: Body) => {
		flows.set(name, body);
		return { timeout() {} };
	};
	scope.beforeEach = (body: Body) => {
		before = body;
	};
	scope.afterEach = (body: Body) => {
		after = body;
	};
	try {
		declare();
	} finally {
		Object.assign(scope, own);
	}
	return { flows, before: async () => before(), after: async () => after() };
}
