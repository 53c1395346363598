/** Waits; no longer than until the signal. @param time ms */
export function pause(time: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return Promise.resolve();
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", end);
			resolve();
		};
		const timer = setTimeout(end, time);
		signal.addEventListener("abort", end);
	});
}
