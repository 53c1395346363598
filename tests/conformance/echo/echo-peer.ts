import { COMPLETE, RequestReader } from "../../../modules/http/request-reader.js";
import { writeRefusal } from "../../../modules/http/response.js";
import { SWITCHING_PROTOCOLS } from "../../../modules/http/statuses.js";
import { checkUpgrade, writeUpgrade } from "../../../modules/http/upgrade.js";
import { Connection, type ConnectionOwner } from "../../../modules/server/connection.js";
import type { Platform, Waiting } from "../../../modules/server/platform.js";
import type { Engine, ProtocolHandler } from "../../../modules/server/protocol-handler.js";
import { CLOSED, Endpoint } from "../../../modules/websocket/endpoint.js";
import { CLOSE, DATA, FAILED, MESSAGE, NONE } from "../../../modules/websocket/events.js";
import { HEADER_LIMIT } from "../../../modules/websocket/frame.js";
import { CONTINUATION } from "../../../modules/websocket/opcodes.js";
import { Output } from "../../../modules/websocket/output.js";

/** Bytes of a block, as a client of a K1 has. */
const BLOCK = 4096;
/** After the last answer: how long the peer must be silent, and how long it may stay at the most, ms. */
const QUIET = 100;
const PATIENCE = 2000;

/** The handshake: one request, which must ask for a WebSocket; any path, Host and Origin will do. */
class Handshake implements ProtocolHandler {
	readonly engine = new RequestReader();
	readonly block = new Uint8Array(BLOCK);
	readonly output = new Output(this.block);
	#upgraded = false;

	constructor(private readonly peer: EchoPeer) {}

	get unsent(): boolean {
		return this.output.pending;
	}

	open(): void {
		this.#upgraded = false;
		this.output.reset();
		this.engine.open(this.block);
	}

	event(event: number): void {
		const { engine, block, output } = this;
		const status = event === COMPLETE ? checkUpgrade(engine.request) : engine.status;
		this.#upgraded = status === SWITCHING_PROTOCOLS;
		const end = this.#upgraded
			? writeUpgrade(engine.request, block, 0)
			: writeRefusal(block, 0, status, false, engine.request.method !== "HEAD");
		output.queue(block, 0, end);
	}

	drained(_room: number, now: number): void {
		if (!this.#upgraded) this.peer.rest(now);
		else this.peer.echo(this.block, this.engine.leftoverStart, this.engine.leftoverEnd);
	}

	tick(): void {}
	turn(): void {}
	closed(): void {}
}

/** Sends every message back from where it came, of any size and either type; what does not fit the block goes back in fragments. */
class Echo implements ProtocolHandler {
	readonly engine = new Endpoint();
	readonly output: Output = this.engine.output;
	/** Room for the header of the frame that goes back, then the payload. */
	readonly #buffer = new Uint8Array(HEADER_LIMIT + BLOCK);
	#began = false;

	constructor(private readonly peer: EchoPeer) {}

	get unsent(): boolean {
		return this.output.pending;
	}

	open(): void {
		this.engine.open(this.#buffer.subarray(HEADER_LIMIT), Number.POSITIVE_INFINITY);
	}

	event(event: number, now: number): void {
		const { engine } = this;
		if (event === MESSAGE) this.#began = false;
		else if (event === DATA) {
			const opcode = this.#began ? CONTINUATION : engine.opcode;
			engine.send(opcode, engine.final, this.#buffer, HEADER_LIMIT, HEADER_LIMIT + engine.end);
			this.#began = !engine.final;
		} else if ((event === CLOSE || event === FAILED) && !this.output.pending) this.drained(0, now);
		if (engine.early === 0) return;
		const next = engine.absorb();
		if (next !== NONE) this.event(next, now);
	}

	drained(_room: number, now: number): void {
		if (this.engine.state === CLOSED) this.peer.rest(now);
	}

	tick(): void {}
	turn(): void {}
	closed(): void {}
}

/** Reads and throws away, so that TCP does not reset the connection before the peer has read the last answer. */
class Rest implements ProtocolHandler, Engine {
	readonly engine = this;
	readonly unsent = false;
	readonly wanted = 512;
	readonly #waste = new Uint8Array(512);
	/** Nothing is ever put into it. */
	readonly output = new Output(this.#waste);
	#since = 0;

	constructor(private readonly connection: Connection) {}

	open(now: number): void {
		this.#since = now;
	}

	next(available: number): Uint8Array {
		return this.#waste.subarray(0, Math.min(available, this.wanted));
	}

	received(): number {
		return 0;
	}

	tick(now: number): void {
		const { lastHeard } = this.connection;
		if (now - this.#since >= PATIENCE || now - Math.max(this.#since, lastHeard) >= QUIET) this.connection.close();
	}

	event(): void {}
	drained(): void {}
	turn(): void {}
	closed(): void {}
}

/** A place for one peer of the echo server, made once and used for one after another. */
export class EchoPeer {
	readonly connection: Connection;
	readonly #handshake = new Handshake(this);
	readonly #echo = new Echo(this);
	readonly #rest: Rest;

	constructor(owner: ConnectionOwner) {
		this.connection = new Connection(owner, this.#handshake, 0);
		this.#rest = new Rest(this.connection);
	}

	accept(waiting: Waiting, platform: Platform): void {
		this.#handshake.open();
		this.connection.handler = this.#handshake;
		this.connection.accept(waiting, platform);
	}

	/** The handshake is through; block[start..end) came with it. */
	echo(block: Uint8Array, start: number, end: number): void {
		this.#echo.open();
		this.connection.handler = this.#echo;
		if (start < end) this.connection.readAhead(block, start, end);
	}

	/** The last answer is through. */
	rest(now: number): void {
		this.#rest.open(now);
		this.connection.handler = this.#rest;
	}
}
