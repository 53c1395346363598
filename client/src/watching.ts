import { readFrame } from "./frames.js";
import type { Frame, WatchOptions } from "./types.js";

/** The most frames a second that a device sends. */
export const MOST_FPS = 30;

/** Whoever sees to it that frames come. */
export interface FrameSource {
	/** Begins with this watcher. @throws where the device refuses */
	start(watcher: Watcher): Promise<void>;
	/** Ends with it. */
	stop(watcher: Watcher): Promise<void>;
}

/** One reader of frames. Who reads slowly gets the newest frame, and not a queue of old ones. */
export class Watcher implements AsyncIterableIterator<Frame> {
	readonly fps: number;
	readonly #signal: AbortSignal | undefined;
	#started: Promise<void> | undefined;
	#newest: Frame | undefined;
	#waiting: { resolve(result: IteratorResult<Frame>): void; reject(error: unknown): void } | undefined;
	#over = false;
	#error: unknown;

	constructor(
		private readonly source: FrameSource,
		{ fps = MOST_FPS, signal }: WatchOptions,
	) {
		this.fps = fps;
		this.#signal = signal;
	}

	[Symbol.asyncIterator](): this {
		return this;
	}

	/** The next frame; one call at a time. @throws what ended the watching, once; the signal's reason */
	async next(): Promise<IteratorResult<Frame>> {
		if (!this.#over && this.#started === undefined) {
			if (this.#signal?.aborted) this.fail(this.#signal.reason);
			else {
				this.#signal?.addEventListener("abort", this.#abort);
				this.#started = this.source.start(this);
				await this.#started.catch((error) => this.fail(error));
			}
		}
		const value = this.#newest;
		this.#newest = undefined;
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

	/** Ends the watching; `break` in a loop does it as well. */
	async return(): Promise<IteratorResult<Frame>> {
		this.#end();
		this.#newest = undefined;
		if (this.#started !== undefined) await this.source.stop(this);
		return { done: true, value: undefined };
	}

	/** There is a frame. @param value of the message */
	take(value: Uint8Array): void {
		const frame = readFrame(value);
		if (this.#waiting === undefined) this.#newest = frame;
		else {
			this.#waiting.resolve({ done: false, value: frame });
			this.#waiting = undefined;
		}
	}

	/** There will be no more frames. @param error why; undefined: nothing is wrong */
	fail(error?: unknown): void {
		if (this.#over) return;
		const waiting = this.#waiting;
		this.#end(error === undefined || waiting === undefined ? undefined : () => waiting.reject(error));
		if (waiting === undefined) this.#error = error;
		if (this.#started !== undefined) void this.source.stop(this).catch(() => {});
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
