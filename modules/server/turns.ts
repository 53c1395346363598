import type { Connection } from "./connection.js";

/** The row of connections that wait for their next turn; linked, so that waiting takes no memory. */
export class Turns {
	#first: Connection | undefined;
	#last: Connection | undefined;

	/** Puts it at the end, where it does not stand in the row already. */
	add(connection: Connection): void {
		connection.queued = true;
		if (connection.listed) return;
		connection.listed = true;
		if (this.#last === undefined) this.#first = connection;
		else this.#last.following = connection;
		this.#last = connection;
	}

	/** Gives one turn to each that waits now. Who asks for another meanwhile has it in the next round, behind all of this one. */
	run(): void {
		let next = this.#first;
		this.#first = this.#last = undefined;
		while (next !== undefined) {
			const connection = next;
			next = connection.following;
			connection.following = undefined;
			connection.listed = false;
			if (connection.queued) connection.turn();
		}
	}
}
