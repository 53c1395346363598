/** The connection to the device: made while somebody sees the page, given back while nobody does. */
import { ConnectionError, K1 } from "../../client/src/index.js";
import { backoff } from "../../modules/core/backoff.js";
import type { Page, Told } from "./page.js";
import type { Strips } from "./strips.js";

const TOKEN = "k1-token";
/** How often the device is asked how it is, and every how many of these which patterns it has, ms. */
const LOOK = 2000;
const LIST_EVERY = 5;
/** A connection that lasted so long held: the next wait is the shortest again, ms. */
const HELD = 5000;
/** Waits are longer by up to so much of themselves. */
const JITTER = 0.25;
/** How long the device may take to say what plays, ms. */
const PATIENCE = 10_000;

/** `/state` was refused. */
class Denied extends Error {
	constructor(
		readonly status: number,
		/** Seconds. */
		readonly after: number,
		sentence: string,
	) {
		super(sentence);
	}
}

export class Connection {
	/** Undefined while there is none. */
	k1: K1 | undefined;
	/** Something that has to be brought to its end before the place is given back, also while nobody sees the page. */
	busy: () => boolean = () => false;
	/** Called before the place is given back: what is still to be said. */
	farewell: () => Promise<unknown> = async () => {};
	/** Called when there is a connection. */
	opened: () => void = () => {};
	#token = localStorage.getItem(TOKEN) ?? "";
	#wake = () => {};
	#leaving = new AbortController();

	constructor(
		private readonly page: Page,
		private readonly strips: Strips,
	) {
		document.addEventListener("visibilitychange", () => this.look());
		// Where the page is left for good, some browsers say no more than this.
		addEventListener("pagehide", () => void this.#leave());
		addEventListener("pageshow", () => this.look());
		addEventListener("online", () => this.retry());
	}

	/** Looks whether anybody sees the page, and acts on it. */
	look(): void {
		if (!document.hidden) this.retry();
		else if (!this.busy()) void this.#leave();
	}

	/** Tries again now. */
	retry(): void {
		this.#wake();
	}

	/** Tries with a token. */
	enter(token: string): void {
		this.#token = token;
		this.retry();
	}

	/** Connects, for as long as the page is there. */
	async run(): Promise<never> {
		for (let attempt = 0; ; attempt++) {
			const since = Date.now();
			if (document.hidden) this.#set("away");
			else {
				this.#leaving = new AbortController();
				this.#set("connecting", this.page.why);
				this.#say(await this.#serve().catch((error) => error), attempt);
				this.k1 = undefined;
			}
			if (Date.now() - since >= HELD) attempt = -1;
			await this.#pause();
		}
	}

	/** Waits for the next try. */
	#pause(): Promise<void> {
		const { retryAt } = this.page;
		return new Promise((resolve) => {
			this.#wake = resolve;
			if (retryAt > 0) setTimeout(resolve, retryAt - Date.now());
		});
	}

	#set(link: Page["link"], why = "", wait = 0): void {
		this.page.link = link;
		if (link !== "connecting") this.page.trouble = link;
		this.page.why = why;
		this.page.retryAt = wait > 0 ? Date.now() + wait : 0;
		this.page.changed();
	}

	/** Says why there is no connection any more. */
	#say(error: unknown, attempt: number): void {
		const wait = backoff(attempt) * (1 + JITTER * Math.random());
		if (document.hidden || this.#leaving.signal.aborted) this.#set("away");
		else if (error instanceof Denied && error.status === 401) {
			this.#set("token", this.#token === "" ? "" : "That token is not the right one.");
		} else if (error instanceof Denied && error.status === 429) {
			this.#set("token", "Too many wrong tokens.", 1000 * error.after);
		} else if (error instanceof Denied) this.#set("lost", error.message, wait);
		else if (error instanceof ConnectionError && error.reason === "busy")
			this.#set("full", "", error.retryAfter || wait);
		else this.#set("lost", "", wait);
	}

	/** One connection, from its beginning to its end. Returns or throws why it ended. */
	async #serve(): Promise<unknown> {
		const { page } = this;
		const { signal } = this.#leaving;
		this.#take(await this.#ask(signal));
		if (this.#token !== "") localStorage.setItem(TOKEN, this.#token);
		const k1 = await K1.connect(location.origin, { token: this.#token, reconnect: false, signal });
		const ended = new Promise<Error>((resolve) => {
			k1.on("disconnected", resolve);
		});
		try {
			this.k1 = k1;
			k1.on("state", (state) => this.#take(state));
			void this.#watch(k1);
			const told = Promise.all([k1.state(), this.list()]);
			this.#set("open");
			this.opened();
			await told;
			for (let looks = 0; ; looks++) {
				const before = page.status;
				const status = await k1.status();
				page.measured(status);
				const other = status.patterns !== before?.patterns || status.storage.used !== before?.storage.used;
				if (looks > 0 && (other || looks % LIST_EVERY === 0)) await this.list();
				const pause = new Promise<undefined>((resolve) => setTimeout(resolve, LOOK));
				const error = await Promise.race([ended, pause]);
				if (error !== undefined) return error;
			}
		} finally {
			this.strips.dark();
			await k1.close();
		}
	}

	/** Asks by HTTP what plays: who has no place is told as well, and a refusal says why, which a WebSocket's does not. */
	async #ask(leaving: AbortSignal): Promise<Told> {
		const headers: HeadersInit = this.#token === "" ? {} : { Authorization: `Bearer ${this.#token}` };
		const signal = AbortSignal.any([leaving, AbortSignal.timeout(PATIENCE)]);
		const response = await fetch("/state", { headers, signal });
		if (response.ok) return response.json();
		throw new Denied(response.status, Number(response.headers.get("Retry-After") ?? 1), await response.text());
	}

	#take(told: Told): void {
		this.page.state = told;
		if (told.problem !== undefined) this.page.problem = told.problem;
		this.strips.light(told);
		this.page.changed();
	}

	async #watch(k1: K1): Promise<void> {
		try {
			for await (const { colors } of k1.watch()) this.strips.show(colors);
		} catch {
			// It went with the connection, which says so itself.
		}
	}

	/** Asks which patterns there are. */
	async list(): Promise<void> {
		const patterns = await this.k1?.list();
		if (patterns !== undefined) this.page.patterns = patterns;
		this.page.changed();
	}

	/** Gives the place back. */
	async #leave(): Promise<void> {
		const leaving = this.#leaving;
		const { k1 } = this;
		await this.farewell();
		// Somebody may have come back meanwhile, and be served by the same connection.
		if (!document.hidden && k1 !== undefined) return;
		leaving.abort();
		await k1?.close();
	}
}
