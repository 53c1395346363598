import type { Context } from "./context.js";

/**
 * Does something that has no end of its own until Ctrl-C, or until the time is over: either is no failure.
 * @param seconds undefined: until Ctrl-C
 * @param work throws what it likes once its signal has come
 */
export async function until(
	context: Context,
	seconds: number | undefined,
	work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
	const ending = new AbortController();
	const end = () => ending.abort();
	context.signal.addEventListener("abort", end);
	const timer = seconds === undefined ? undefined : setTimeout(end, 1000 * seconds);
	try {
		await work(ending.signal);
	} catch (error) {
		if (!ending.signal.aborted) throw error;
	} finally {
		clearTimeout(timer);
		context.signal.removeEventListener("abort", end);
	}
}
