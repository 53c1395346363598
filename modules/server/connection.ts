import { copy } from "../bytes/bytes.js";
import { type Clock, NOT_SET } from "../core/clock.js";
import { TURN_BYTES, UNSENT_LIMIT } from "./limits.js";
import type { Platform, Socket, Waiting } from "./platform.js";
import type { ProtocolHandler } from "./protocol-handler.js";

/** What a connection asks of its server. */
export interface ConnectionOwner {
	readonly clock: Clock;
	/** Calls `turn` of the connection soon, after the others had theirs. */
	later(connection: Connection): void;
	/** A block is not needed any more. */
	releaseBlock(block: Uint8Array): void;
	/** Something in the firmware failed while it worked for this connection. */
	fault(connection: Connection, error: unknown): void;
}

/**
 * Moves bytes between one TCP socket and the protocol handler of the moment; made once at boot and reused. It reads only
 * what the handler's engine wants, straight to where the engine wants it, and nothing at all while there are unsent
 * bytes: then TCP's own window holds the peer back.
 */
export class Connection {
	/** What the peer's bytes mean at the moment. */
	handler: ProtocolHandler;
	/** When bytes last came from the peer, ms since boot. */
	lastHeard = 0;
	/** It has had its turn's worth of bytes, and waits for the next turn. */
	queued = false;
	/** When the peer was accepted, in the order of all peers. */
	serial = 0;
	/** The peer's address. */
	address = "";
	#socket: Socket | undefined;
	#available = 0;
	/** Bytes that it may still read in this turn. */
	#budget = TURN_BYTES;
	#room = 0;
	#unsentSince = NOT_SET;
	#ahead: Uint8Array | undefined;
	#aheadStart = 0;
	#aheadEnd = 0;
	readonly #clock: Clock;
	readonly #callbacks: {
		onReadable: (bytes: number) => void;
		onWritable: (bytes: number) => void;
		onError: () => void;
	};

	constructor(
		private readonly owner: ConnectionOwner,
		idle: ProtocolHandler,
	) {
		this.handler = idle;
		this.#clock = owner.clock;
		// Made once: a socket gets the same three functions whoever its peer is.
		this.#callbacks = {
			onReadable: (bytes) => {
				this.#available = bytes;
				if (!this.queued) this.#go();
			},
			onWritable: (bytes) => {
				this.#room = bytes;
				if (!this.queued) this.#go();
			},
			onError: () => this.close(),
		};
	}

	get open(): boolean {
		return this.#socket !== undefined;
	}

	/** Takes a waiting peer, served by `handler`. */
	accept(waiting: Waiting, platform: Platform, handler: ProtocolHandler): void {
		this.handler = handler;
		this.#available = 0;
		this.#room = 0;
		this.#unsentSince = NOT_SET;
		this.queued = false;
		this.#budget = TURN_BYTES;
		this.lastHeard = this.#clock.now();
		const { onReadable, onWritable, onError } = this.#callbacks;
		const socket = platform.socket({ from: waiting as never, onReadable, onWritable, onError, format: "buffer" });
		this.#socket = socket;
		// Read at once: after a reset the platform has no address any more.
		this.address = socket.remoteAddress ?? "";
	}

	/** A new turn: it may read a turn's worth of bytes again. */
	turn(): void {
		this.queued = false;
		this.#budget = TURN_BYTES;
		this.#go();
	}

	/**
	 * Takes bytes start..end of a block that came before the handler of the moment did; they are read before all that is
	 * still to come, and the block is released then.
	 */
	readAhead(block: Uint8Array, start: number, end: number): void {
		this.#ahead = block;
		this.#aheadStart = start;
		this.#aheadEnd = end;
	}

	/** Looks at the time limits. */
	tick(now: number): void {
		if (this.#socket === undefined) return;
		try {
			if (this.handler.output.pending) {
				if (this.#unsentSince === NOT_SET) this.#unsentSince = now;
				else if (now - this.#unsentSince >= UNSENT_LIMIT) {
					this.close();
					return;
				}
			}
			this.handler.tick(now);
			if (this.#socket !== undefined) this.#flush(now);
		} catch (error) {
			this.owner.fault(this, error);
			this.close();
		}
	}

	/** Ends the connection at once; bytes that were handed to TCP still go out. */
	close(): void {
		const socket = this.#socket;
		if (socket === undefined) return;
		this.#socket = undefined;
		this.queued = false;
		socket.close();
		this.#releaseAhead();
		this.handler.closed();
	}

	/** Sends and reads what it can. */
	#go(): void {
		if (this.#socket === undefined) return;
		const now = this.#clock.now();
		try {
			this.handler.turn(this.#room, now);
			if (this.#flush(now)) this.#read(now);
		} catch (error) {
			this.owner.fault(this, error);
			this.close();
		}
	}

	#read(now: number): void {
		if (this.#ahead !== undefined && !this.#readAhead(this.#ahead, now)) return;
		let engine = this.handler.engine;
		while (this.#available > 0 && engine.wanted > 0) {
			// Whoever sends most has no more turns than the others: they are served before the next one.
			if (this.#budget <= 0) {
				this.owner.later(this);
				return;
			}
			const bytes = this.#socket?.read(engine.next(this.#available));
			if (bytes === undefined) {
				this.#available = 0;
				return;
			}
			this.lastHeard = now;
			this.#available -= bytes;
			this.#budget -= bytes;
			const event = engine.received(bytes);
			if (event === 0) continue;
			this.handler.event(event, now);
			if (!this.#flush(now)) return;
			if (this.#ahead !== undefined && !this.#readAhead(this.#ahead, now)) return;
			engine = this.handler.engine;
		}
	}

	/** Reads what came ahead; returns whether that is done and the socket's turn has come. */
	#readAhead(ahead: Uint8Array, now: number): boolean {
		const { engine } = this.handler;
		while (this.#aheadStart < this.#aheadEnd) {
			if (engine.wanted === 0) return false;
			const view = engine.next(this.#aheadEnd - this.#aheadStart);
			copy(view, 0, ahead, this.#aheadStart, this.#aheadStart + view.length);
			this.#aheadStart += view.length;
			const event = engine.received(view.length);
			if (event === 0) continue;
			this.handler.event(event, now);
			if (!this.#flush(now)) return false;
		}
		this.#releaseAhead();
		return true;
	}

	#releaseAhead(): void {
		if (this.#ahead !== undefined) this.owner.releaseBlock(this.#ahead);
		this.#ahead = undefined;
	}

	/** Sends what there is to send. Returns whether the connection is open with nothing left to be sent. */
	#flush(now: number): boolean {
		let socket = this.#socket;
		while (socket !== undefined && this.handler.output.pending) {
			if (this.#room === 0) return false;
			const room = this.#write(socket);
			if (room === undefined) {
				this.close();
				return false;
			}
			this.#room = room;
			this.#unsentSince = NOT_SET;
			if (this.handler.output.pending) return false;
			this.handler.drained(this.#room, now);
			socket = this.#socket;
		}
		return socket !== undefined;
	}

	/**
	 * Writes as much as there is room for. Returns the room left, or nothing when the peer is gone: the platform says so
	 * here, in one of two ways, before it calls onError.
	 */
	#write(socket: Socket): number | undefined {
		try {
			return this.handler.output.write(socket, this.#room);
		} catch {
			return undefined;
		}
	}
}
