import type { Output } from "../websocket/output.js";
import type { Connection } from "./connection.js";
import { HEAD_LIMIT, WAIT_LIMIT } from "./limits.js";
import type { Engine, ProtocolHandler } from "./protocol-handler.js";

/** What a newcomer asks of its server. */
export interface NewcomerOwner {
	/** Newcomers that are asking. */
	asking: number;
	/** Bytes of a request are here: gives the connection a block to read them into, when it is its turn and there is one. */
	welcome(newcomer: Newcomer, now: number): void;
	/** Tells it that there is no block for it. */
	turnDown(newcomer: Newcomer, now: number): void;
}

/** Reads nothing: TCP keeps what the peer sends, and holds it back. */
export const READS_NOTHING: Engine = Object.freeze({
	wanted: 0,
	next: () => {
		throw new Error("nothing is read here");
	},
	received: () => 0,
});

/**
 * A connection between accept, or an answer, and its next request. It takes no block until bytes come, and then waits for one
 * without reading them, so that a peer that only stays costs nobody anything, and one that asks while all blocks are in
 * use is answered later, not thrown out.
 */
export class Newcomer implements ProtocolHandler {
	readonly engine = READS_NOTHING;
	readonly unsent = false;
	/** Its request is here, unread. */
	asking = false;

	constructor(
		private readonly owner: NewcomerOwner,
		readonly connection: Connection,
		/** Nothing is ever put into it. */
		readonly output: Output,
	) {}

	/** Starts to wait for a request. */
	open(now: number): void {
		const { connection } = this;
		connection.handler = this;
		connection.begin(now);
	}

	/** Its request is read from now on. */
	admitted(): void {
		if (!this.asking) return;
		this.asking = false;
		this.owner.asking--;
	}

	turn(_room: number, now: number): void {
		const { connection } = this;
		if (connection.available === 0) return;
		if (!this.asking) {
			this.asking = true;
			this.owner.asking++;
			connection.begin(now);
		}
		this.owner.welcome(this, now);
	}

	tick(now: number): void {
		const waited = now - this.connection.since;
		if (!this.asking) {
			if (waited >= HEAD_LIMIT) this.connection.close();
		} else if (waited >= WAIT_LIMIT) this.owner.turnDown(this, now);
	}

	event(): void {}
	drained(): void {}

	closed(): void {
		this.admitted();
	}
}
