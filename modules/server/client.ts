import { NOT_SET } from "../core/clock.js";
import { MESSAGE_FAR_TOO_LONG, MESSAGE_TOO_LONG, RECEIVE_TIMEOUT, type Refusal, TEXT_MESSAGE } from "../core/errors.js";
import { REPLY_START, type Session } from "../transfer/session.js";
import { CLOSED, Endpoint } from "../websocket/endpoint.js";
import { CLOSE, DATA, FAILED, MESSAGE, NONE, TOO_BIG } from "../websocket/events.js";
import { BINARY } from "../websocket/opcodes.js";
import type { Output } from "../websocket/output.js";
import type { Connection } from "./connection.js";
import { CLOSE_LIMIT, MESSAGE_LIMIT, PING_AFTER, RECEIVE_LIMIT, SILENCE_LIMIT } from "./limits.js";
import type { ProtocolHandler } from "./protocol-handler.js";
import type { Watcher } from "./watcher.js";

/** What a client asks of its server. */
export interface ClientOwner {
	/** The client is gone: its block is free. */
	clientClosed(client: Client): void;
	/** Gives the connection a turn soon. */
	later(connection: Connection): void;
	/** Reads on without looking, until the peer is done. @param since when the end began, ms */
	linger(connection: Connection, since: number): void;
}

/**
 * One of the two WebSocket clients: joins the WebSocket endpoint to the K1 session and keeps the times. Made once at
 * boot and reused; of its own it has only the 4 KB block that it is given for as long as the client stays.
 */
export class Client implements ProtocolHandler {
	readonly engine = new Endpoint();
	readonly output: Output = this.engine.output;
	/** The receive buffer; undefined: this client is free. */
	block: Uint8Array | undefined;
	#connection: Connection | undefined;
	#messageSince = NOT_SET;
	#closingSince = NOT_SET;
	#pinged = false;
	#failed = false;

	/** @param scratch at least MAX_ERROR_FRAME bytes, for anybody's short use */
	constructor(
		private readonly owner: ClientOwner,
		private readonly session: Session,
		private readonly watcher: Watcher,
		private readonly scratch: Uint8Array,
	) {}

	get unsent(): boolean {
		return this.output.pending;
	}

	/** Takes a connection over after its upgrade, with the block that it has been given. */
	open(connection: Connection): void {
		const { block } = this;
		if (block === undefined) throw new Error("a client without a block");
		this.#connection = connection;
		this.#messageSince = NOT_SET;
		this.#closingSince = NOT_SET;
		this.#pinged = false;
		this.#failed = false;
		this.engine.open(block, MESSAGE_LIMIT);
		this.session.open(connection.address);
		this.watcher.reset();
		connection.handler = this;
	}

	event(event: number, now: number): void {
		const { engine, block } = this;
		// What comes most, a whole binary message, is looked at right here: a call more a chunk would be felt.
		if (event === DATA && engine.final && engine.opcode === BINARY && !engine.discarded && block !== undefined) {
			this.#messageSince = NOT_SET;
			const end = this.session.receive(block, engine.end, now);
			if (end !== 0) engine.send(BINARY, true, block, REPLY_START, end);
		} else this.#otherEvent(event, now);
		if (engine.early > 0 && this.#connection !== undefined) {
			const next = engine.absorb();
			if (next !== NONE) this.event(next, now);
		}
	}

	#otherEvent(event: number, now: number): void {
		const { engine } = this;
		switch (event) {
			case DATA:
				if (!engine.final) this.#tooLong(now);
				else {
					this.#messageSince = NOT_SET;
					// An empty text message shows itself only at its end.
					if (!engine.discarded) this.#refuse(TEXT_MESSAGE, 0, now);
				}
				break;
			case MESSAGE:
				if (engine.opcode !== BINARY) this.#refuse(TEXT_MESSAGE, 0, now);
				break;
			case TOO_BIG:
				this.#refuse(MESSAGE_FAR_TOO_LONG, 0, now);
				break;
			case CLOSE:
			case FAILED:
				this.#failed = event === FAILED;
				if (this.#closingSince === NOT_SET) this.#closingSince = now;
				// Our own close frame may be through already.
				if (!this.output.pending) this.drained(0, now);
				break;
		}
	}

	drained(_room: number, now: number): void {
		const connection = this.#connection;
		if (connection === undefined) return;
		if (this.engine.state !== CLOSED) {
			const { session } = this;
			if (!session.told) return;
			if (session.watchFps > 0) this.#tellLamp(now);
			// A line a turn: a full log is no reason for the others to wait.
			if (session.lines.due) this.#later();
			return;
		}
		// RFC 6455, 7.1.1: the server ends TCP first, as soon as both close frames are through.
		if (this.#failed) this.owner.linger(connection, this.#closingSince);
		else connection.close();
	}

	/** Tells what the client watches and what is in the log, where nothing else waits to be sent. */
	turn(_room: number, now: number): void {
		const { session } = this;
		if (!session.told) return;
		if (session.watchFps > 0) this.#tellLamp(now);
		if (session.lines.due) this.watcher.sendLine(this.engine, session.lines);
	}

	#tellLamp(now: number): void {
		const fps = this.session.watchFps;
		if (fps > 0) this.watcher.send(this.engine, fps, now);
	}

	/** The LEDs show another picture. */
	lampShown(now: number): void {
		if (this.session.watchFps > 0 && this.watcher.shown(now)) this.#connection?.push(now);
	}

	/** Something that PLAYBACK tells is different. */
	lampChanged(): void {
		if (this.session.watchFps === 0) return;
		this.watcher.changed = true;
		this.#later();
	}

	#later(): void {
		if (this.#connection !== undefined) this.owner.later(this.#connection);
	}

	tick(now: number): void {
		const { engine } = this;
		const connection = this.#connection;
		if (connection === undefined) return;
		if (this.#closingSince !== NOT_SET) {
			if (now - this.#closingSince >= CLOSE_LIMIT) connection.close();
			return;
		}
		if (this.watcher.due(now) || this.session.lines.due) this.#later();
		if (engine.idle) this.#messageSince = NOT_SET;
		else if (this.#messageSince === NOT_SET) this.#messageSince = now;
		else if (now - this.#messageSince >= RECEIVE_LIMIT) {
			this.#refuse(RECEIVE_TIMEOUT, 0, now);
			return;
		}
		const overdue = this.session.overdue(now);
		if (overdue !== undefined) this.#refuse(overdue, 0, now);
		const silence = now - connection.lastHeard;
		if (silence >= SILENCE_LIMIT) {
			connection.close();
			return;
		}
		if (silence < PING_AFTER) this.#pinged = false;
		else if (!this.#pinged) {
			this.#pinged = true;
			engine.ping();
		}
	}

	closed(): void {
		this.session.close();
		this.#connection = undefined;
		this.owner.clientClosed(this);
	}

	/** Says goodbye, with a close code and a short reason. */
	close(code: number, reason: string, now: number): void {
		this.engine.close(code, reason);
		this.#closingSince = now;
	}

	/** The block is full and the message goes on: the rest of it is thrown away. */
	#tooLong(now: number): void {
		const type = this.block?.[0] ?? 0;
		this.engine.discard();
		this.#refuse(MESSAGE_TOO_LONG, type, now);
	}

	#refuse(refusal: Refusal, type: number, now: number): void {
		if (this.session.refuse(type)) {
			const end = this.session.writeError(this.scratch, 0, refusal);
			this.engine.sendSmall(BINARY, this.scratch, 0, end);
		}
		if (refusal.close !== 0) this.close(refusal.close, "", now);
	}
}
