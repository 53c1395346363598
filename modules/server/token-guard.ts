import { backoff } from "../core/backoff.js";
import { ADDRESSES, AddressCounts } from "./address-counts.js";

/** Wrong tokens in a row that cost nothing: an owner mistypes. */
const FREE = 4;

/**
 * Slows guessing down: after five wrong tokens in a row an address waits before its next one is looked at, 1 s, then 2, up
 * to 30. No token is looked at meanwhile: were a right one let through, the wait would keep nobody from guessing.
 */
export class TokenGuard {
	readonly #wrong = new AddressCounts();
	/** Until when each address waits, ms since boot. */
	readonly #until = new Float64Array(ADDRESSES);

	/** How long the address has to wait before its next token is looked at, ms. */
	wait(address: string, now: number): number {
		const index = this.#wrong.indexOf(address);
		return index < 0 ? 0 : Math.max(this.#until[index] - now, 0);
	}

	/** A token was wrong. Returns how many in a row were, 256 at the most. */
	wrong(address: string, now: number): number {
		const before = this.#wrong.add(address);
		this.#until[this.#wrong.indexOf(address)] = before < FREE ? 0 : now + backoff(before - FREE);
		return before + 1;
	}

	/** A token was right. */
	right(address: string): void {
		this.#wrong.clear(address);
	}
}
