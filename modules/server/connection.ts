// biome-ignore-all lint/complexity/useMathMinMax: on XS a call costs ten times what a comparison does.
import { copy } from "../bytes/bytes.js";
import { type Clock, NOT_SET } from "../core/clock.js";
import {
	ANSWER_BYTE_COST,
	ANSWER_COST,
	EVENT_COST,
	READ_COST,
	TURN_COST,
	UNSENT_LEAST,
	UNSENT_LIMIT,
} from "./limits.js";
import type { Platform, Socket, Waiting } from "./platform.js";
import type { ProtocolHandler } from "./protocol-handler.js";

/** What a connection asks of its server. */
export interface ConnectionOwner {
	readonly clock: Clock;
	/** A turn is about to begin. */
	between(now: number): void;
	/** Numbers in rising order. */
	nextSerial(): number;
	/** Calls `turn` of the connection soon, after the others had theirs. */
	later(connection: Connection): void;
	/** A block is not needed any more. */
	releaseBlock(block: Uint8Array): void;
	/** Something in the firmware failed while it worked for this connection. */
	fault(connection: Connection, error: unknown): void;
}

/** Stands for the room while the socket is written to. */
const WRITING = -1;

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
	/** It has had its turn's worth of work, and waits for the next turn. */
	queued = false;
	/** It stands in the server's row of those that wait, and who is behind it there. */
	listed = false;
	following: Connection | undefined;
	/** When it began what it does at the moment, ms since boot: waiting, its head, its answer. */
	since = 0;
	/** The place of `since` in the order of all connections. */
	serial = 0;
	/** The peer's address. */
	address = "";
	#socket: Socket | undefined;
	/** Bytes that can be read. */
	available = 0;
	/** With fewer bytes that can be read there is nothing to do yet; 0: with any there is. */
	#least = 0;
	/** What it may still cost in this turn, see TURN_COST. */
	#budget = 0;
	#room = 0;
	/** When its answer last moved: a pattern was read on, or TCP had taken UNSENT_LEAST more of it; ms since boot. */
	moved = 0;
	/** What TCP has taken since then. */
	#taken = 0;
	#unsentSince = NOT_SET;
	/** What its output had written by then. */
	#writtenThen = 0;
	#ahead: Uint8Array | undefined;
	#aheadStart = 0;
	#aheadEnd = 0;
	readonly #callbacks: {
		onReadable: (bytes: number) => void;
		onWritable: (bytes: number) => void;
		onError: () => void;
	};

	constructor(
		private readonly owner: ConnectionOwner,
		idle: ProtocolHandler,
		/** Its number among the server's places. */
		readonly index: number,
	) {
		this.handler = idle;
		// Made once: a socket gets the same three functions whoever its peer is.
		this.#callbacks = {
			onReadable: (bytes) => {
				this.available = bytes;
				if (bytes >= this.#least && !this.queued) this.#go(true);
			},
			onWritable: (bytes) => {
				this.#room = bytes;
				if (!this.queued) this.#go(true);
			},
			onError: () => this.close(),
		};
	}

	get open(): boolean {
		return this.#socket !== undefined;
	}

	/** It begins something else: to wait, a head, an answer. */
	begin(now: number): void {
		this.#unsentSince = NOT_SET;
		this.since = now;
		this.#taken = 0;
		this.serial = this.owner.nextSerial();
	}

	/** Its answer moves on. */
	move(now: number): void {
		this.moved = now;
		this.#taken = 0;
	}

	/** Takes a waiting peer. Its handler is set before anything comes. */
	accept(waiting: Waiting, platform: Platform): void {
		this.available = 0;
		this.#least = 0;
		this.#room = 0;
		this.#unsentSince = NOT_SET;
		this.queued = false;
		this.lastHeard = this.owner.clock.now();
		const { onReadable, onWritable, onError } = this.#callbacks;
		const socket = platform.socket({ from: waiting as never, onReadable, onWritable, onError, format: "buffer" });
		this.#socket = socket;
		// Read at once: after a reset the platform has no address any more.
		this.address = socket.remoteAddress ?? "";
	}

	/** The turn that it has waited for. */
	turn(): void {
		this.queued = false;
		this.#go(true);
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

	/** Sends these bytes at once, past the handler's output. Returns whether there was room for them, and a peer. */
	say(bytes: Uint8Array): boolean {
		if (this.#socket === undefined || this.#room < bytes.length) return false;
		try {
			this.#room = this.#socket.write(bytes) ?? 0;
			return true;
		} catch {
			return false;
		}
	}

	/** Looks at the time limits, and reads what waited for more: unread, it would hide that the peer is gone. */
	tick(now: number): void {
		if (this.#least > 0 && !this.queued) this.#go(false);
		if (this.#socket === undefined) return;
		try {
			if (this.#stalls(now)) {
				this.close();
				return;
			}
			this.handler.tick(now);
			if (this.#socket !== undefined) this.#flush(now);
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Whether the peer takes too little of its answer: neither all of it nor UNSENT_LEAST bytes in UNSENT_LIMIT. */
	#stalls(now: number): boolean {
		const { output, unsent } = this.handler;
		if (!unsent) return false;
		if (this.#unsentSince !== NOT_SET) {
			if (now - this.#unsentSince < UNSENT_LIMIT) return false;
			if (output.written - this.#writtenThen < UNSENT_LEAST) return true;
		}
		this.#unsentSince = now;
		this.#writtenThen = output.written;
		return false;
	}

	/** Ends the connection at once; bytes that were handed to TCP still go out. */
	close(): void {
		const socket = this.#socket;
		if (socket === undefined) return;
		this.#socket = undefined;
		socket.close();
		this.#releaseAhead();
		this.handler.closed();
		this.address = "";
	}

	/** Something was thrown: by the socket that it wrote to, whose peer is gone, or by a fault of the firmware. */
	#fail(error: unknown): void {
		if (this.#room !== WRITING) this.owner.fault(this, error);
		this.close();
	}

	/** Lets the handler say what it has to say by itself, now; nothing is read. Whoever waits for a turn does so then. */
	push(now: number): void {
		if (this.#socket === undefined || this.queued) return;
		try {
			this.handler.turn(this.#room, now);
			this.#flush(now);
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Sends and reads what it can. @param patient whether part of a piece may wait for the rest */
	#go(patient: boolean): void {
		if (this.#socket === undefined) return;
		const now = this.owner.clock.now();
		this.#budget = TURN_COST;
		this.#least = 0;
		try {
			this.owner.between(now);
			if (this.#socket === undefined) return;
			this.handler.turn(this.#room, now);
			let handler = this.handler;
			if (handler.output.pending || this.#ahead !== undefined) {
				if (!this.#flush(now)) return;
				if (this.#ahead !== undefined && !this.#readAhead(this.#ahead, now)) return;
				handler = this.handler;
			}
			const socket = this.#socket;
			let available = this.available;
			if (available === 0 || socket === undefined) return;
			this.lastHeard = now;
			let engine = handler.engine;
			let output = handler.output;
			let budget = this.#budget;
			while (available > 0 && engine.wanted > 0) {
				const most = available < budget ? available : budget;
				// Whoever sends most has no more turns than the others: they are served before the next one.
				const view = most > 0 ? engine.next(most, patient) : undefined;
				if (view === undefined) {
					if (most < available) this.owner.later(this);
					else this.#least = engine.wanted;
					return;
				}
				const bytes = socket.read(view);
				if (bytes === undefined) {
					this.available = 0;
					return;
				}
				available -= bytes;
				this.available = available;
				budget -= bytes + READ_COST;
				const event = engine.received(bytes);
				if (event === 0) continue;
				budget -= EVENT_COST;
				handler.event(event, now);
				if (this.#socket === undefined) return;
				// As a rule there is no answer, and the handler is the same.
				if (!output.pending && this.handler === handler) continue;
				this.#budget = budget;
				if (!this.#flush(now)) return;
				if (this.#ahead !== undefined && !this.#readAhead(this.#ahead, now)) return;
				if (available === 0) return;
				budget = this.#budget;
				handler = this.handler;
				engine = handler.engine;
				output = handler.output;
			}
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Reads what came ahead; returns whether that is done and the socket's turn has come. */
	#readAhead(ahead: Uint8Array, now: number): boolean {
		while (this.#aheadStart < this.#aheadEnd) {
			const { engine } = this.handler;
			if (engine.wanted === 0) return false;
			if (this.#budget <= 0) {
				this.owner.later(this);
				return false;
			}
			const view = engine.next(Math.min(this.#aheadEnd - this.#aheadStart, this.#budget), false);
			// It may wait only where it is told that it may.
			if (view === undefined) return false;
			copy(view, 0, ahead, this.#aheadStart, this.#aheadStart + view.length);
			this.#aheadStart += view.length;
			this.#budget -= view.length + READ_COST;
			const event = engine.received(view.length);
			if (event === 0) continue;
			this.#budget -= EVENT_COST;
			this.handler.event(event, now);
			if (!this.#flush(now)) return false;
		}
		this.#releaseAhead();
		return true;
	}

	#releaseAhead(): void {
		const ahead = this.#ahead;
		this.#ahead = undefined;
		if (ahead !== undefined) this.owner.releaseBlock(ahead);
	}

	/** Sends what there is to send. Returns whether the connection is open with nothing left to be sent. */
	#flush(now: number): boolean {
		for (;;) {
			const socket = this.#socket;
			if (socket === undefined) return false;
			const { handler } = this;
			const { output } = handler;
			if (!output.pending) return true;
			const space = this.#room;
			if (space === 0) return false;
			const before = output.written;
			this.#room = WRITING;
			const room = output.write(socket, space);
			this.#room = room ?? 0;
			// The peer is gone: the platform says so here, or throws, before it calls onError.
			if (room === undefined) {
				this.close();
				return false;
			}
			const taken = output.written - before;
			this.#taken += taken;
			if (this.#taken >= UNSENT_LEAST) this.move(now);
			// Making an answer is most of what a turn costs.
			this.#budget -= ANSWER_COST + ANSWER_BYTE_COST * taken;
			if (output.pending) return false;
			if (this.#unsentSince !== NOT_SET && !handler.unsent) this.#unsentSince = NOT_SET;
			handler.drained(room, now);
		}
	}
}
