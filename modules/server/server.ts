import { type Clock, NOT_SET } from "../core/clock.js";
import { DEBUG, type Log } from "../core/log.js";
import type { MemoryPool } from "../core/memory-pool.js";
import { NEVER, type TimerHandle } from "../core/timer.js";
import type { Request } from "../http/request.js";
import { writeRefusal } from "../http/response.js";
import {
	FORBIDDEN,
	MISDIRECTED_REQUEST,
	SERVICE_UNAVAILABLE,
	TOO_MANY_REQUESTS,
	UNAUTHORIZED,
} from "../http/statuses.js";
import type { Lamp, Onlooker } from "../lamp/lamp.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { MAX_ERROR_FRAME } from "../tlv/frame.js";
import type { Counters } from "../transfer/counters.js";
import type { Metrics } from "../transfer/metrics.js";
import { Session } from "../transfer/session.js";
import { Output } from "../websocket/output.js";
import { Client, type ClientOwner } from "./client.js";
import { Connection, type ConnectionOwner } from "./connection.js";
import { GivingWay, type Place } from "./giving-way.js";
import { HttpHandler, type HttpOwner } from "./http-handler.js";
import { ACCEPT_LIMIT, HTTP_BLOCKS, MAX_CLIENTS, MAX_CONNECTIONS, PRESSED_TICK, SHARED_TURN, TICK } from "./limits.js";
import { Lingering, Waste } from "./lingering.js";
import { Newcomer, type NewcomerOwner } from "./newcomer.js";
import type { Listening, Platform, Waiting } from "./platform.js";
import { RefusalTable } from "./refusal-table.js";
import type { Site } from "./site.js";
import { TokenGuard } from "./token-guard.js";
import { Watcher } from "./watcher.js";

/** Room for the answer to a connection that there is no block for. */
const BUSY_SIZE = 320;

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
export class Server implements ConnectionOwner, ClientOwner, HttpOwner, NewcomerOwner, Onlooker {
	readonly clock: Clock;
	asking = 0;
	readonly #parts: ServerParts;
	readonly #places: Place[] = [];
	readonly #clients: Client[] = [];
	/** One for each block that a request can have. */
	readonly #https: HttpHandler[] = [];
	/** The whole answer for a connection that there is no block for. */
	readonly #busy: Uint8Array;
	readonly #refusals = new RefusalTable();
	readonly #tokens = new TokenGuard();
	#listening: Listening | undefined;
	/** The port to listen on once there is a network; not set: nobody asked for it yet. */
	#port = NOT_SET;
	/** Why the last try to listen failed. */
	#obstacle = "";
	/** Connections that the listener has announced and that were not taken yet. */
	#waiting = 0;
	readonly #givingWay = new GivingWay(this.#places);
	#ticks: TimerHandle;
	/** Whether it ticks faster, since somebody waits for a block. */
	#pressed = false;
	#turns: TimerHandle;
	#serial = 0;
	/** The row of those that wait for a turn. */
	#first: Connection | undefined;
	#last: Connection | undefined;

	constructor(parts: ServerParts) {
		this.#parts = parts;
		this.clock = parts.clock;
		const waste = new Waste();
		const nothing = new Output(new Uint8Array(0));
		const scratch = new Uint8Array(MAX_ERROR_FRAME);
		const busy = new Uint8Array(BUSY_SIZE);
		this.#busy = busy.subarray(0, writeRefusal(busy, 0, SERVICE_UNAVAILABLE, false, true, ["Retry-After: 1"]));
		for (let i = 0; i < MAX_CLIENTS; i++) {
			const session = new Session(parts.store, parts.metrics, parts.counters, parts.log, parts.lamp);
			this.#clients.push(new Client(this, session, new Watcher(parts.lamp), scratch));
		}
		for (let i = 0; i < HTTP_BLOCKS; i++) {
			this.#https.push(new HttpHandler(this, parts.site, parts.store, parts.counters, parts.lamp));
		}
		for (let i = 0; i < MAX_CONNECTIONS; i++) {
			const connection = new Connection(this, this.#https[0], i);
			const newcomer = new Newcomer(this, connection, nothing);
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

	/**
	 * Listens, once; what is said again is passed over. To be called when there is a network or is about to be one: without one
	 * the SDK's listener throws (CHECK_NETWORK_SAFE in its modules/io/common/builtinCommon.h), and it is tried again at every tick.
	 * A listener is bound to every address, so it outlives the networks that come and go.
	 * @param port TCP port; 0: a free one, where the platform can
	 */
	listen(port: number): void {
		this.#port = port;
		this.#tryToListen();
	}

	later(connection: Connection): void {
		connection.queued = true;
		if (!connection.listed) {
			connection.listed = true;
			if (this.#last === undefined) this.#first = connection;
			else this.#last.following = connection;
			this.#last = connection;
		}
		this.#soon();
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
		return this.asking > 0 && now - held >= this.#turnTime();
	}

	nextSerial(): number {
		return ++this.#serial;
	}

	welcome(newcomer: Newcomer, now: number): void {
		if (this.asking > 1 && this.#nextAsking() !== newcomer) return;
		if (this.#blocksFree() === 0) {
			this.#press(true);
			this.#clearBlock(now);
			return;
		}
		const http = this.#https.find(({ block }) => block === undefined);
		const block = http && this.#parts.pool.alloc();
		if (http === undefined || block === undefined) return;
		newcomer.admitted();
		http.open(newcomer.connection, block, now);
		this.#callNext();
	}

	turnDown({ connection }: Newcomer, now: number): void {
		if (connection.say(this.#busy)) this.linger(connection, now);
		else connection.close();
	}

	releaseBlock(block: Uint8Array): void {
		this.#parts.pool.free(block);
		this.#callNext();
	}

	/** How many requests more could be served now. The clients' own blocks are never given to others. */
	#blocksFree(): number {
		const { pool, counters } = this.#parts;
		let free = 0;
		for (let i = 0; i < HTTP_BLOCKS; i++) if (this.#https[i].block === undefined) free++;
		const blocks = pool.total - pool.inUse - (MAX_CLIENTS - counters.clients);
		return Math.min(blocks, free);
	}

	/** There may be blocks for those that wait. */
	#callNext(): void {
		if (this.asking === 0) return;
		for (let free = this.#blocksFree(); free > 0; free--) {
			const next = this.#nextAsking(true);
			if (next === undefined) return;
			this.later(next.connection);
		}
	}

	/**
	 * Whose turn it is to have a block: of those whose address has the fewest, the one that has waited longest.
	 * @param uncalled of those that have not been called yet
	 */
	#nextAsking(uncalled = false): Newcomer | undefined {
		const places = this.#places;
		let next: Newcomer | undefined;
		let least = 0;
		for (let i = 0; i < MAX_CONNECTIONS; i++) {
			const { newcomer } = places[i];
			const { address, serial, queued } = newcomer.connection;
			if (!newcomer.asking || (uncalled && queued)) continue;
			const blocks = this.asking > 1 ? this.#blocksOf(address) : 0;
			if (next !== undefined && (blocks > least || (blocks === least && serial > next.connection.serial))) continue;
			next = newcomer;
			least = blocks;
		}
		return next;
	}

	#blocksOf(address: string): number {
		let blocks = 0;
		for (let i = 0; i < HTTP_BLOCKS; i++) if (this.#https[i].address === address) blocks++;
		return blocks;
	}

	#tryToListen(): void {
		if (this.#listening !== undefined || this.#port === NOT_SET) return;
		const { platform, log } = this.#parts;
		try {
			this.#listening = platform.listen(this.#port, (count) => {
				this.#waiting = count;
				this.#accept();
			});
			log.info(`server: listening on port ${this.#port}`);
		} catch (error) {
			const obstacle = error instanceof Error ? error.message : String(error);
			// Once for each reason: it may be tried for hours.
			if (obstacle !== this.#obstacle) log.warn(`server: cannot listen yet: ${obstacle}`);
			this.#obstacle = obstacle;
		}
	}

	/**
	 * Takes some of the connections that wait, and the rest in turns to come. Each socket that is made puts a message into the
	 * SDK's queue from the script's own task, which would wait for ever for room in it (xQueueSendToBack with portMAX_DELAY,
	 * xs/platforms/esp/xsHost.c). Never more are read than were announced: a read with none waiting leaks.
	 * While there is a block for one that asks, it goes first: it would have to give its place to the next.
	 */
	#accept(): void {
		for (let i = 0; i < ACCEPT_LIMIT && this.#waiting > 0; i++) {
			if (this.asking > 0 && this.#blocksFree() > 0) break;
			this.#waiting--;
			const waiting = this.#listening?.read();
			if (waiting !== undefined) this.#take(waiting);
		}
		if (this.#waiting > 0) this.#soon();
	}

	/** Asks for a turn once the sockets had theirs. */
	#soon(): void {
		if (this.#turns) this.#parts.platform.timer.schedule(this.#turns, 0, NEVER);
	}

	#take(waiting: Waiting): void {
		const now = this.clock.now();
		const place = this.#freePlace() ?? this.#givingWay.ofPlaces(now);
		if (place === undefined) {
			waiting.close();
			return;
		}
		const { connection, newcomer } = place;
		connection.close();
		try {
			newcomer.open(now);
			connection.accept(waiting, this.#parts.platform);
		} catch (error) {
			this.fault(connection, error);
			waiting.close();
		}
	}

	/** How long those who want more than one block are left one, ms. */
	#turnTime(): number {
		return SHARED_TURN / (this.asking + 1);
	}

	/** Ends one that has its block for long enough; returns whether there is one. */
	#clearBlock(now: number): boolean {
		const place = this.#givingWay.ofBlocks(now, this.#turnTime(), this.#nextAsking()?.connection.address);
		place?.connection.close();
		return place !== undefined;
	}

	#freePlace(): Place | undefined {
		return this.#places.find((place) => !place.connection.open);
	}

	/** Looks at the limits more often while somebody waits for a block. */
	#press(pressed: boolean): void {
		if (pressed === this.#pressed) return;
		this.#pressed = pressed;
		const interval = pressed ? PRESSED_TICK : TICK;
		if (this.#ticks) this.#parts.platform.timer.schedule(this.#ticks, interval, interval);
	}

	#turn(): void {
		if (this.#waiting > 0) this.#accept();
		// Whoever asks for another turn meanwhile goes into the next row, behind all of this one.
		let next = this.#first;
		this.#first = this.#last = undefined;
		while (next !== undefined) {
			const connection = next;
			next = connection.following;
			connection.following = undefined;
			connection.listed = false;
			if (connection.queued) connection.turn();
		}
		// Whoever was called first may be gone.
		this.#callNext();
	}

	#tick(): void {
		this.#tryToListen();
		const now = this.clock.now();
		for (const { connection } of this.#places) connection.tick(now);
		// All may have had their time at once, but more than wait need not go.
		if (this.asking > 0) for (let free = this.#blocksFree(); free < this.asking && this.#clearBlock(now); ) free++;
		this.#press(this.asking > 0);
	}
}
