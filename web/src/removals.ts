/** Patterns that count as deleted, and are when nobody has taken that back. */
import type { Connection } from "./connection.js";
import type { Page } from "./page.js";

/** How long a deletion can be taken back, ms. */
const UNDO = 5000;

export class Removals {
	/** What ends the wait of each. */
	readonly #waits = new Map<string, AbortController>();

	constructor(
		private readonly page: Page,
		private readonly connection: Connection,
	) {}

	/** Deletes a pattern, in a while. */
	async remove(name: string): Promise<void> {
		const wait = new AbortController();
		this.#waits.set(name, wait);
		this.page.removed.add(name);
		await this.page.tell(`${name} is deleted.`, name, UNDO, wait.signal);
		if (this.#waits.get(name) === wait) await this.#carryOut(name);
	}

	/** Takes a deletion back. */
	undo(name: string): void {
		const wait = this.#waits.get(name);
		this.#waits.delete(name);
		if (wait === undefined) return;
		this.page.removed.delete(name);
		wait.abort();
	}

	/** Carries out now what waits, or what could not be carried out for want of a connection. */
	async flush(): Promise<void> {
		await Promise.all([...this.#waits.keys()].map((name) => this.#carryOut(name)));
	}

	async #carryOut(name: string): Promise<void> {
		const { k1 } = this.connection;
		const wait = this.#waits.get(name);
		// With the next connection.
		if (k1 === undefined || wait === undefined) return;
		this.#waits.delete(name);
		const deleted = k1.delete(name);
		wait.abort();
		try {
			await deleted;
			await this.connection.list();
		} catch (error) {
			void this.page.tell(`${name} is still there: ${(error as Error).message}`);
		}
		this.page.removed.delete(name);
		this.page.changed();
	}
}
