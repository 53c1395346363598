import { backoff } from "../core/backoff.js";
import { AddressCounts } from "./address-counts.js";

/** How often each address was refused in a row, so that each is told to come back later and later. */
export class RefusalTable {
	readonly #refusals = new AddressCounts();

	/** Counts one refusal of an address; returns when it may try again, ms from now. */
	refused(address: string): number {
		return backoff(this.#refusals.add(address));
	}

	/** The address was let in: its next refusal is its first again. */
	admitted(address: string): void {
		this.#refusals.clear(address);
	}
}
