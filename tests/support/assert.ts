/** The few assertions that the specs need, made of the language alone so that they run on every engine. */

function show(value: unknown): string {
	if (value instanceof Uint8Array) {
		const bytes = Array.from(value.subarray(0, 64), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
		return `<${bytes}${value.length > 64 ? ` ... ${value.length} bytes` : ""}>`;
	}
	if (typeof value === "string") return JSON.stringify(value);
	if (typeof value === "object" && value !== null && !(value instanceof Error)) {
		try {
			return JSON.stringify(value);
		} catch {
			return String(value);
		}
	}
	return String(value);
}

function same(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	if (a instanceof Uint8Array) return sameBytes(a, b as Uint8Array);
	const left = Object.keys(a);
	if (left.length !== Object.keys(b).length) return false;
	return left.every(
		(key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
	);
}

/** Without the keys of the bytes: they would be a string each, more than the device's heap takes. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

/** Ends the test with this message. */
export function fail(message: string): never {
	throw new Error(message);
}

/** Passes when the value is truthy. */
export function ok(value: unknown, message = "not true"): asserts value {
	if (!value) fail(message);
}

/** Passes when both are the same value (`Object.is`). */
export function equal<T>(actual: T, expected: T, message = "not equal"): void {
	if (!Object.is(actual, expected)) fail(`${message}: got ${show(actual)}, expected ${show(expected)}`);
}

/** Passes when both have the same type and content: numbers, strings, arrays, typed arrays, plain objects. */
export function deepEqual<T>(actual: T, expected: T, message = "not equal"): void {
	if (!same(actual, expected)) fail(`${message}: got ${show(actual)}, expected ${show(expected)}`);
}

/** Passes when `run` throws; `check` says of the thrown value whether it is the right one. Returns what was thrown. */
export function throws(run: () => unknown, check: (error: unknown) => boolean = () => true): unknown {
	try {
		run();
	} catch (error) {
		if (!check(error)) fail(`threw ${show(error)}`);
		return error;
	}
	return fail("did not throw");
}

/** `throws` for a promise. */
export async function rejects(
	promise: Promise<unknown>,
	check: (error: unknown) => boolean = () => true,
): Promise<unknown> {
	try {
		await promise;
	} catch (error) {
		if (!check(error)) fail(`rejected with ${show(error)}`);
		return error;
	}
	return fail("did not reject");
}
