import type { Output } from "../websocket/output.js";
import type { Connection } from "./connection.js";
import { CLOSE_LIMIT, LINGER_QUIET } from "./limits.js";
import type { Engine, ProtocolHandler } from "./protocol-handler.js";

/** Throws away whatever comes. One serves all connections: nobody looks at the bytes. */
export class Waste implements Engine {
	readonly wanted: number;
	readonly #bytes = new Uint8Array(512);

	constructor() {
		this.wanted = this.#bytes.length;
	}

	next(available: number): Uint8Array {
		return available >= this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, available);
	}

	received(): number {
		return 0;
	}
}

/**
 * After the last answer: reads on and throws away, until the peer ends the connection, goes quiet, or its time is over.
 * Closing with unread bytes would make TCP reset the connection, and the peer would lose the answer that told it what
 * was wrong.
 */
export class Lingering implements ProtocolHandler {
	#since = 0;

	constructor(
		private readonly connection: Connection,
		readonly engine: Waste,
		/** Nothing is ever put into it. */
		readonly output: Output,
	) {}

	open(now: number): void {
		this.#since = now;
		this.connection.handler.closed();
		this.connection.handler = this;
	}

	tick(now: number): void {
		const quietSince = Math.max(this.#since, this.connection.lastHeard);
		if (now - this.#since >= CLOSE_LIMIT || now - quietSince >= LINGER_QUIET) this.connection.close();
	}

	event(): void {}
	drained(): void {}
	turn(): void {}
	closed(): void {}
}
