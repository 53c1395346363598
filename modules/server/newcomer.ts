import type { Output } from "../websocket/output.js";
import type { Connection } from "./connection.js";
import { HEAD_LIMIT, WAIT_LIMIT } from "./limits.js";
import type { Engine, ProtocolHandler } from "./protocol-handler.js";

/** What a newcomer asks of those who give blocks. */
export interface NewcomerOwner {
	/** One more waits for a block. */
	joined(): void;
	/** One has stopped to wait: it has a block, or is gone. */
	left(): void;
	/** Gives it a block to read its request into, where it is its turn and there is one. */
	welcome(newcomer: Newcomer, now: number): void;
	/** Tells it that it has waited in vain. */
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
	/** Its request is here, unread. */
	asking = false;

	constructor(
		private readonly owner: NewcomerOwner,
		readonly connection: Connection,
		/** Nothing is ever put into it. */
		readonly output: Output,
	) {}

	get engine(): Engine {
		return READS_NOTHING;
	}

	get unsent(): boolean {
		return false;
	}

	/** Starts to wait for a request. */
	open(now: number): void {
		const { connection } = this;
		connection.handler = this;
		connection.begin(now);
	}

	/** It waits no more. */
	admitted(): void {
		if (!this.asking) return;
		this.asking = false;
		this.owner.left();
	}

	turn(_room: number, now: number): void {
		const { connection } = this;
		if (connection.available === 0) return;
		if (!this.asking) {
			this.asking = true;
			this.owner.joined();
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
