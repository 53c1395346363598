import type { Port } from "./port.js";
import type { Body } from "./suite.js";

/**
 * Runs the body of a test or hook and waits for the promise it may return.
 * Returns what it failed with, or undefined when it passed. As in Mocha, `timeout` (ms) ends the wait for a promise,
 * and a body that took longer without ever giving way has failed too. There is no `done` callback: a body that calls one throws.
 */
export async function run(body: Body, port: Port, timeout: number): Promise<Error | undefined> {
	// From here on the body has the machine's small stack almost to itself, however the caller came here.
	await undefined;
	const start = port.now();
	try {
		const result = body();
		if (isThenable(result)) await limit(result, port, timeout);
	} catch (thrown) {
		return asError(thrown);
	}
	return port.now() - start > timeout ? timeoutError(timeout) : undefined;
}

function limit(promise: PromiseLike<unknown>, port: Port, timeout: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = port.setTimer(() => reject(timeoutError(timeout)), timeout);
		promise.then(
			() => {
				port.clearTimer(timer);
				resolve();
			},
			(reason: unknown) => {
				port.clearTimer(timer);
				reject(reason);
			},
		);
	});
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
	return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function timeoutError(timeout: number): Error {
	return new Error(`Timeout of ${timeout}ms exceeded`);
}

/** What was thrown may be anything at all; a report needs a message. */
function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(`the value ${String(thrown)} was thrown, which is no Error`);
}
