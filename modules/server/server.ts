import type { Clock } from "../core/clock.js";
import { DEBUG, type Log } from "../core/log.js";
import type { MemoryPool } from "../core/memory-pool.js";
import { NEVER, type TimerHandle } from "../core/timer.js";
import type { Request } from "../http/request.js";
import { FORBIDDEN, MISDIRECTED_REQUEST, TOO_MANY_REQUESTS, UNAUTHORIZED } from "../http/statuses.js";
import type { Lamp, Onlooker } from "../lamp/lamp.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { MAX_ERROR_FRAME } from "../tlv/frame.js";
import type { Counters } from "../transfer/counters.js";
import type { Metrics } from "../transfer/metrics.js";
import { Session } from "../transfer/session.js";
import { Output } from "../websocket/output.js";
import { Blocks, type BlocksOwner } from "./blocks.js";
import { Client, type ClientOwner } from "./client.js";
import { Connection, type ConnectionOwner } from "./connection.js";
import { HttpHandler, type HttpOwner } from "./http-handler.js";
import { HTTP_BLOCKS, MAX_CLIENTS, MAX_CONNECTIONS, PRESSED_TICK, STOOD_STILL, TICK } from "./limits.js";
import { Lingering, Waste } from "./lingering.js";
import { Newcomer } from "./newcomer.js";
import type { Place } from "./place.js";
import type { Platform } from "./platform.js";
import { Reception, type ReceptionOwner } from "./reception.js";
import { RefusalTable } from "./refusal-table.js";
import type { Site } from "./site.js";
import { TokenGuard } from "./token-guard.js";
import { Turns } from "./turns.js";
import { Watcher } from "./watcher.js";

/** What the server is made of; all of it outlives the server. */
export interface ServerParts {
	readonly platform: Platform;
	readonly clock: Clock;
	readonly log: Log;
	readonly pool: MemoryPool;
	readonly store: PatternStore;
	readonly counters: Counters;
	readonly metrics: Metrics;
	readonly lamp: Lamp;
	/** What is served, to whom, under which names. */
	readonly site: Site;
}

/** What of a peer's text is shown in the log. */
const SHOWN = 64;

/** What of a request's target is shown: not its query, which may have the token. */
function shown(target: string): string {
	const query = target.indexOf("?");
	return target.slice(0, query < 0 ? SHOWN : Math.min(query, SHOWN));
}

/** Why somebody was not let in, for the owner to see what to set; "" for an answer that has nothing to do with that. */
function reasonOf(request: Request, status: number): string {
	switch (status) {
		case UNAUTHORIZED:
			return "no token, or a wrong one";
		case FORBIDDEN:
			return `a web page of ${request.origin?.slice(0, SHOWN)}`;
		case MISDIRECTED_REQUEST:
			return `asked for the host ${request.host?.slice(0, SHOWN)}`;
		case TOO_MANY_REQUESTS:
			return "too many wrong tokens";
		default:
			return "";
	}
}

/**
 * The HTTP and WebSocket server: takes peers in, gives each its turn, keeps the times. All that it needs for the
 * largest number of peers is made with it, so nothing that peers do can make it grow.
 */
export class Server implements ConnectionOwner, ClientOwner, HttpOwner, BlocksOwner, ReceptionOwner, Onlooker {
	readonly clock: Clock;
	readonly #parts: ServerParts;
	readonly #places: Place[] = [];
	readonly #clients: Client[] = [];
	readonly #blocks: Blocks;
	readonly #reception: Reception;
	readonly #row = new Turns();
	readonly #refusals = new RefusalTable();
	readonly #tokens = new TokenGuard();
	#ticks: TimerHandle;
	#lastTick = 0;
	/** Whether it ticks faster, since somebody waits for a block. */
	#pressed = false;
	#turns: TimerHandle;
	#serial = 0;

	constructor(parts: ServerParts) {
		this.#parts = parts;
		this.clock = parts.clock;
		const waste = new Waste();
		const nothing = new Output(new Uint8Array(0));
		const scratch = new Uint8Array(MAX_ERROR_FRAME);
		for (let i = 0; i < MAX_CLIENTS; i++) {
			const session = new Session(parts.store, parts.metrics, parts.counters, parts.log, parts.lamp);
			this.#clients.push(new Client(this, session, new Watcher(parts.lamp), scratch));
		}
		const https: HttpHandler[] = [];
		for (let i = 0; i < HTTP_BLOCKS; i++) {
			https.push(new HttpHandler(this, parts.site, parts.store, parts.counters, parts.lamp, scratch));
		}
		this.#blocks = new Blocks(this, parts.pool, parts.counters, https, this.#places);
		this.#reception = new Reception(this, parts.platform, parts.log, this.#places, this.#blocks);
		for (let i = 0; i < MAX_CONNECTIONS; i++) {
			const connection = new Connection(this, https[0], i);
			const newcomer = new Newcomer(this.#blocks, connection, nothing);
			this.#places.push({ connection, newcomer, lingering: new Lingering(connection, waste, nothing) });
		}
	}

	/** Keeps the times from now on. Nobody is let in before `listen`. */
	start(): void {
		const { timer } = this.#parts.platform;
		this.#parts.lamp.watch(this);
		this.#ticks = timer.repeat(() => this.#tick(), TICK);
		this.#turns = timer.repeat(() => this.#turn(), NEVER);
	}

	/** Listens once there is a network, see `Reception.listen`. @param port TCP port; 0: a free one, where the platform can */
	listen(port: number): void {
		this.#reception.listen(port);
	}

	soon(): void {
		if (this.#turns) this.#parts.platform.timer.schedule(this.#turns, 0, NEVER);
	}

	later(connection: Connection): void {
		this.#row.add(connection);
		this.soon();
	}

	fault(connection: Connection, error: unknown): void {
		this.#parts.counters.faults++;
		this.#parts.log.error(`connection from ${connection.address} ended by a fault: ${error}`);
	}

	/** A free client with a block of its own, for a connection that asks to become one; or nothing when all are taken. */
	admit(address: string): Client | undefined {
		const client = this.#clients.find((candidate) => candidate.block === undefined);
		const block = client && this.#parts.pool.alloc();
		if (client === undefined || block === undefined) return undefined;
		client.block = block;
		this.#refusals.admitted(address);
		this.#parts.counters.clients++;
		this.#parts.log.infoSparingly(`client from ${address}`);
		return client;
	}

	/** Counts a client that was turned away; returns when it may try again, ms. */
	turnAway(address: string): number {
		this.#parts.counters.errors++;
		this.#parts.log.infoSparingly(`client from ${address} turned away: ${MAX_CLIENTS} are connected`);
		return this.#refusals.refused(address);
	}

	clientClosed(client: Client): void {
		if (client.block === undefined) return;
		this.#parts.pool.free(client.block);
		client.block = undefined;
		this.#parts.counters.clients--;
		this.#parts.log.infoSparingly("client gone");
	}

	shown(now: number): void {
		for (let i = 0; i < MAX_CLIENTS; i++) this.#clients[i].lampShown(now);
	}

	changed(): void {
		for (let i = 0; i < MAX_CLIENTS; i++) this.#clients[i].lampChanged();
	}

	linger(connection: Connection, since: number): void {
		this.#places[connection.index].lingering.open(since);
		// What was left unread is thrown away.
		if (connection.available > 0) this.later(connection);
	}

	idle(connection: Connection, now: number): void {
		connection.handler.closed();
		this.#places[connection.index].newcomer.open(now);
		if (connection.available > 0) this.later(connection);
	}

	mayTryToken(address: string): boolean {
		return this.#tokens.wait(address, this.clock.now()) === 0;
	}

	triedToken(address: string, right: boolean): void {
		if (right) this.#tokens.right(address);
		else {
			const count = this.#tokens.wrong(address, this.clock.now());
			this.#parts.log.infoSparingly(`${address} sent a wrong token, ${count} in a row`);
		}
	}

	retryAfter(address: string): number {
		return Math.ceil(this.#tokens.wait(address, this.clock.now()) / 1000);
	}

	note(request: Request, address: string, status: number): void {
		const { log } = this.#parts;
		const why = reasonOf(request, status);
		if (why !== "") log.infoSparingly(`${address} refused with ${status}: ${why}`);
		if (log.tells(DEBUG)) log.debug(`${address}: ${request.method} ${shown(request.target)} -> ${status}`);
	}

	/** Two turns take as long as two frames of a fast pattern: the LEDs come in between, however the platform orders its callbacks. */
	between(now: number): void {
		this.#parts.lamp.poll(now);
	}

	hadTime(held: number, now: number): boolean {
		return this.#blocks.hadTime(held, now);
	}

	nextSerial(): number {
		return ++this.#serial;
	}

	releaseBlock(block: Uint8Array): void {
		this.#blocks.release(block);
	}

	pressed(): void {
		this.#press(true);
	}

	/** Looks at the limits more often while somebody waits for a block. */
	#press(pressed: boolean): void {
		if (pressed === this.#pressed) return;
		this.#pressed = pressed;
		const interval = pressed ? PRESSED_TICK : TICK;
		if (this.#ticks) this.#parts.platform.timer.schedule(this.#ticks, interval, interval);
	}

	#turn(): void {
		this.#reception.takeIn();
		this.#row.run();
		// Whoever was called first may be gone.
		this.#blocks.call();
	}

	#tick(): void {
		this.#reception.tryToListen();
		const now = this.clock.now();
		const since = now - this.#lastTick;
		this.#lastTick = now;
		// What the peers sent meanwhile has yet to be read.
		if (since > STOOD_STILL) return;
		for (const { connection } of this.#places) connection.tick(now);
		this.#blocks.makeRoom(now);
		this.#press(this.#blocks.asking > 0);
	}
}
