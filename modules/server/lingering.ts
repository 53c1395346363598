import { FIN, MASKED } from "../websocket/frame.js";
import { CLOSE } from "../websocket/opcodes.js";
import type { Output } from "../websocket/output.js";
import type { Connection } from "./connection.js";
import { CLOSE_LIMIT, LINGER_QUIET } from "./limits.js";
import type { Engine, ProtocolHandler } from "./protocol-handler.js";

/** The peer's close frame has come. */
const CLOSE_FRAME = 1;
/** Bytes of a client's close frame before its payload: header and masking key. */
const HEAD = 6;

/** Throws away whatever comes. One serves all connections: its bytes are looked at before anything else is read. */
export class Waste implements Engine {
	readonly wanted: number;
	readonly #bytes = new Uint8Array(512);

	constructor() {
		this.wanted = this.#bytes.length;
	}

	next(available: number): Uint8Array {
		return available >= this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, available);
	}

	received(n: number): number {
		// Alone as a rule, and whole; else, after a protocol error, the quiet tells the end.
		return this.#isClose(0, n) || this.#isClose(n - HEAD - 2, n) || this.#isClose(n - HEAD, n) ? CLOSE_FRAME : 0;
	}

	/** Whether bytes[start..end) look like a client's close frame. */
	#isClose(start: number, end: number): boolean {
		const bytes = this.#bytes;
		return start >= 0 && bytes[start] === (FIN | CLOSE) && bytes[start + 1] === (MASKED | (end - start - HEAD));
	}
}

/**
 * After the last answer: reads on and throws away, until the peer sends a close frame or ends the connection, goes quiet, or its
 * time is over. Closing with unread bytes would make TCP reset the connection, and the peer would lose the answer that
 * told it what was wrong.
 */
export class Lingering implements ProtocolHandler {
	readonly unsent = false;
	#since = 0;

	constructor(
		private readonly connection: Connection,
		readonly engine: Waste,
		/** Nothing is ever put into it. */
		readonly output: Output,
	) {}

	/** @param since when the end began, ms */
	open(since: number): void {
		this.#since = since;
		this.connection.handler.closed();
		this.connection.handler = this;
	}

	event(): void {
		this.connection.close();
	}

	tick(now: number): void {
		const quietSince = Math.max(this.#since, this.connection.lastHeard);
		if (now - this.#since >= CLOSE_LIMIT || now - quietSince >= LINGER_QUIET) this.connection.close();
	}

	drained(): void {}
	turn(): void {}
	closed(): void {}
}
