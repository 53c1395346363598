/** Something that comes by itself, for one reader: values wait for it, as many as there is room for; then the oldest give way. */
export abstract class Feed<T> implements AsyncIterableIterator<T> {
	readonly #signal: AbortSignal | undefined;
	#started: Promise<void> | undefined;
	readonly #row: T[] = [];
	#waiting: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void } | undefined;
	#over = false;
	#error: unknown;

	/** @param room values that may wait */
	constructor(
		private readonly room: number,
		signal: AbortSignal | undefined,
	) {
		this.#signal = signal;
	}

	/** Has the device begin. @throws where it refuses */
	protected abstract start(): Promise<void>;
	/** Has it end. */
	protected abstract stop(): Promise<void>;
	/** More wait than there is room for: shortens the row by at least one. */
	protected shorten(row: T[]): void {
		row.shift();
	}

	[Symbol.asyncIterator](): this {
		return this;
	}

	/** The next value; one call at a time. @throws what ended it, once; the signal's reason */
	async next(): Promise<IteratorResult<T>> {
		if (!this.#over && this.#started === undefined) {
			if (this.#signal?.aborted) this.fail(this.#signal.reason);
			else {
				this.#signal?.addEventListener("abort", this.#abort);
				this.#started = this.start();
				await this.#started.catch((error) => this.fail(error));
			}
		}
		const value = this.#row.shift();
		if (value !== undefined) return { done: false, value };
		if (this.#error !== undefined) {
			const error = this.#error;
			this.#error = undefined;
			throw error;
		}
		if (this.#over) return { done: true, value: undefined };
		return new Promise((resolve, reject) => {
			this.#waiting = { resolve, reject };
		});
	}

	/** Ends it; `break` in a loop does it as well. */
	async return(): Promise<IteratorResult<T>> {
		this.#end();
		this.#row.length = 0;
		if (this.#started !== undefined) await this.stop();
		return { done: true, value: undefined };
	}

	/** There is a value. */
	protected offer(value: T): void {
		if (this.#waiting !== undefined) {
			this.#waiting.resolve({ done: false, value });
			this.#waiting = undefined;
			return;
		}
		this.#row.push(value);
		if (this.#row.length > this.room) this.shorten(this.#row);
	}

	/** There will be no more. @param error why; undefined: nothing is wrong */
	fail(error?: unknown): void {
		if (this.#over) return;
		const waiting = this.#waiting;
		this.#end(error === undefined || waiting === undefined ? undefined : () => waiting.reject(error));
		if (waiting === undefined) this.#error = error;
		if (this.#started !== undefined) void this.stop().catch(() => {});
	}

	readonly #abort = (): void => this.fail(this.#signal?.reason);

	#end(tell?: () => void): void {
		this.#over = true;
		this.#signal?.removeEventListener("abort", this.#abort);
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (tell !== undefined) tell();
		else waiting?.resolve({ done: true, value: undefined });
	}
}
