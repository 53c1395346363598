import { backoff } from "../core/backoff.js";

/** Addresses remembered. */
const ADDRESSES = 8;

/** How often each address was refused in a row, so that each is told to come back later and later. */
export class RefusalTable {
	readonly #addresses: string[] = new Array<string>(ADDRESSES).fill("");
	readonly #refusals = new Uint8Array(ADDRESSES);
	#oldest = 0;

	/** Counts one refusal of an address; returns when it may try again, ms from now. */
	refused(address: string): number {
		let index = this.#addresses.indexOf(address);
		if (index < 0) {
			index = this.#oldest;
			this.#oldest = (index + 1) % ADDRESSES;
			this.#addresses[index] = address;
			this.#refusals[index] = 0;
		}
		const attempt = this.#refusals[index];
		// The delay stops growing long before the byte that counts is full.
		if (attempt < 255) this.#refusals[index] = attempt + 1;
		return backoff(attempt);
	}

	/** The address was let in: its next refusal is its first again. */
	admitted(address: string): void {
		const index = this.#addresses.indexOf(address);
		if (index >= 0) this.#refusals[index] = 0;
	}
}
