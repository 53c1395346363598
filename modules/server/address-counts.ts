/** Addresses remembered. */
export const ADDRESSES = 8;
const MOST = 255;

/** Counts something by address, for the addresses that it happened to last. */
export class AddressCounts {
	readonly #addresses: string[] = new Array<string>(ADDRESSES).fill("");
	readonly #counts = new Uint8Array(ADDRESSES);
	#oldest = 0;

	/** The number of an address, below ADDRESSES, or -1 for one that is not remembered. */
	indexOf(address: string): number {
		return this.#addresses.indexOf(address);
	}

	/** It has happened once more. Returns how often it had before. */
	add(address: string): number {
		let index = this.#addresses.indexOf(address);
		if (index < 0) {
			index = this.#oldest;
			this.#oldest = (index + 1) % ADDRESSES;
			this.#addresses[index] = address;
			this.#counts[index] = 0;
		}
		const before = this.#counts[index];
		if (before < MOST) this.#counts[index] = before + 1;
		return before;
	}

	/** Starts the address anew. */
	clear(address: string): void {
		const index = this.#addresses.indexOf(address);
		if (index >= 0) this.#counts[index] = 0;
	}
}
