/** One after the other, in the order in which they come. */
export class Lane {
	#last: Promise<unknown> = Promise.resolve();

	/**
	 * Runs it when all that came before is over.
	 * @param signal ends the waiting; @throws its reason then
	 */
	run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		let waiting = true;
		const turn = this.#last.then(() => {
			waiting = false;
			signal?.throwIfAborted();
			return work();
		});
		this.#last = turn.catch(() => {});
		if (signal === undefined) return turn;
		return new Promise((resolve, reject) => {
			const abort = () => {
				if (waiting) reject(signal.reason);
			};
			signal.addEventListener("abort", abort);
			void this.#last.then(() => signal.removeEventListener("abort", abort));
			turn.then(resolve, reject);
		});
	}
}
