import { backoff } from "../../modules/core/backoff.js";
import type { Address } from "./address.js";
import type { Conversation, Hooks } from "./conversation.js";
import { ConnectionError } from "./errors.js";
import { openConversation, type Times } from "./opening.js";
import type { Platform } from "./transport.js";

/** A connection that lasted so long held: the next wait is the shortest again, ms. */
const HELD = 5000;
/** Waits are longer by up to so much of themselves, so that those who were cut off together do not come back together. */
const JITTER = 0.25;

export interface LinkHooks extends Pick<Hooks, "frame" | "line" | "playback" | "refused"> {
	/** There is a connection again. */
	connected(): void;
	/** It is lost, or was closed. */
	disconnected(error: ConnectionError): void;
	/** There will be none any more. */
	over(error: ConnectionError): void;
	/** There is another try in so many ms. */
	waiting(delay: number, attempt: number): void;
}

/** Somebody who waits for the next connection. */
interface Waiter {
	readonly resolve: (conversation: Conversation) => void;
	readonly reject: (error: unknown) => void;
}

/** The connection to a K1, which comes back when it was lost (docs/protocol.md, "Coming back"). */
export class Link {
	#conversation: Conversation | undefined;
	/** Why there is none, and why the last try failed. */
	#error = new ConnectionError("lost", "there is no connection yet");
	readonly #waiters = new Set<Waiter>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Tries that failed in a row. */
	#attempt = 0;
	#since = 0;
	readonly #over = new AbortController();

	constructor(
		private readonly platform: Platform,
		readonly address: Address,
		readonly times: Times,
		private readonly reconnect: boolean,
		private readonly hooks: LinkHooks,
	) {}

	/** The first connection; one try. */
	async open(signal?: AbortSignal): Promise<void> {
		await this.#try(signal);
	}

	/**
	 * The connection, or the next one where it was lost.
	 * @throws ConnectionError where there is none within the time for an answer, or will be none
	 */
	ready(signal?: AbortSignal): Promise<Conversation> {
		if (this.#conversation !== undefined) return Promise.resolve(this.#conversation);
		if (this.#over.signal.aborted || !this.reconnect) return Promise.reject(this.#error);
		return new Promise((resolve, reject) => {
			const settle = () => {
				clearTimeout(timer);
				signal?.removeEventListener("abort", aborted);
				this.#waiters.delete(waiter);
			};
			const waiter: Waiter = {
				resolve: (conversation) => {
					settle();
					resolve(conversation);
				},
				reject: (error) => {
					settle();
					reject(error);
				},
			};
			const aborted = () => waiter.reject(signal?.reason);
			const timer = setTimeout(() => waiter.reject(this.#error), this.times.timeout);
			signal?.addEventListener("abort", aborted);
			this.#waiters.add(waiter);
		});
	}

	/** Ends it for good. */
	async close(): Promise<void> {
		if (this.#over.signal.aborted) return;
		const error = new ConnectionError("closed", "the connection was closed");
		this.#over.abort(error);
		clearTimeout(this.#timer);
		const conversation = this.#conversation;
		if (conversation === undefined) this.#endWith(error);
		else await conversation.close();
	}

	async #try(signal?: AbortSignal): Promise<void> {
		let conversation: Conversation | undefined;
		const hooks: Hooks = {
			...this.hooks,
			ended: (error) => {
				// A conversation that did not get so far has told its opener.
				if (conversation !== undefined) this.#lost(error);
			},
		};
		const signals = signal === undefined ? [this.#over.signal] : [this.#over.signal, signal];
		const opened = await openConversation(this.platform, this.address, this.times, hooks, signals);
		// It may have ended between its first answer and now.
		if (opened.end !== undefined) throw opened.end;
		conversation = opened;
		this.#conversation = opened;
		this.#since = Date.now();
		for (const { resolve } of [...this.#waiters]) resolve(opened);
	}

	#lost(error: ConnectionError): void {
		this.#conversation = undefined;
		this.#error = error;
		if (Date.now() - this.#since >= HELD) this.#attempt = 0;
		this.hooks.disconnected(error);
		if (this.#over.signal.aborted || !this.reconnect) this.#endWith(error);
		else this.#wait(error.retryAfter);
	}

	/** Nobody has to wait any longer. */
	#endWith(error: ConnectionError): void {
		this.#error = error;
		for (const { reject } of [...this.#waiters]) reject(error);
		this.hooks.over(error);
	}

	/** Tries again after a while. @param told how long the device said to wait, ms; 0: it did not */
	#wait(told: number): void {
		const attempt = this.#attempt++;
		const delay = Math.round((told || backoff(attempt)) * (1 + JITTER * Math.random()));
		this.hooks.waiting(delay, attempt);
		if (this.#over.signal.aborted) return;
		this.#timer = setTimeout(async () => {
			try {
				await this.#try();
				this.hooks.connected();
			} catch (error) {
				if (this.#over.signal.aborted) return;
				this.#error = error as ConnectionError;
				this.#wait(this.#error.retryAfter ?? 0);
			}
		}, delay);
	}
}
