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
import { HttpHandler, type HttpOwner } from "./http-handler.js";
import {
	ACCEPT_LIMIT,
	ALONE_TURN,
	ANSWER_TURN,
	GREETING,
	HTTP_BLOCKS,
	MAX_CLIENTS,
	MAX_CONNECTIONS,
	PRESSED_TICK,
	SHARED_TURN,
	TICK,
} from "./limits.js";
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

/** A place for one peer: its connection, and what serves it when it has no request and no client. */
interface Place {
	readonly connection: Connection;
	readonly newcomer: Newcomer;
	readonly lingering: Lingering;
}

/** What decides who gives way to somebody who waits. */
interface Pressure {
	/** Now, ms. */
	now: number;
	/** The time of those who have more than one block or want it, ms. */
	turn: number;
	/** The address that has most of what is short; "" where none has more than one. */
	hog: string;
}

/** Whether a place is of some kind, or gives way. */
type Kind = (place: Place, pressure: Pressure) => boolean;

/** The last answer is out; the rest of what the peer sends is thrown away. */
const lingers: Kind = ({ connection, lingering }) => connection.handler === lingering;

/** It has come, or has been answered, and asks for nothing. */
const isIdle: Kind = ({ connection, newcomer }) => connection.handler === newcomer && !newcomer.asking;

/** Its request head is being read and not complete, and that is not for want of a turn. */
const trickles: Kind = ({ connection: { handler, queued } }) =>
	handler instanceof HttpHandler && handler.waitsForHead && !queued;

/** Nothing of a request is complete, and it has had its time. */
const hasWaited: Kind = (place, pressure) =>
	(isIdle(place, pressure) || trickles(place, pressure)) && pressure.now - place.connection.since >= ALONE_TURN;

const asks: Kind = ({ newcomer }) => newcomer.asking;

/** It has no answer under way and is no client's. */
const isUnserved: Kind = (place, pressure) =>
	asks(place, pressure) || isIdle(place, pressure) || trickles(place, pressure);

/** It has a block, or wants one. */
const wantsBlock: Kind = ({ connection: { handler }, newcomer }) => handler instanceof HttpHandler || newcomer.asking;

const isHogs: Kind = ({ connection }, { hog }) => hog === "" || connection.address === hog;

const idlesAtHogs: Kind = (place, pressure) => isHogs(place, pressure) && isIdle(place, pressure);

/** It has not just come either. */
const staysAtHogs: Kind = (place, pressure) =>
	idlesAtHogs(place, pressure) && pressure.now - place.connection.since >= GREETING;

const tricklesAtHogs: Kind = (place, pressure) => isHogs(place, pressure) && trickles(place, pressure);

const asksAtHogs: Kind = (place, pressure) => place.connection.address === pressure.hog && asks(place, pressure);

/** It holds a block and has had its time: to send a head, or to take an answer, which may not stand still either. */
const hadItsTurn: Kind = (place, pressure) => {
	const { now, hog } = pressure;
	const { handler, since, moved, address } = place.connection;
	if (!(handler instanceof HttpHandler)) return false;
	const turn = address === hog ? pressure.turn : ALONE_TURN;
	if (handler.waitsForHead) return trickles(place, pressure) && now - since >= turn;
	if (now - since >= ANSWER_TURN) return true;
	return handler.unsent && now - Math.max(since, moved) >= turn;
};

/** It is being answered, and has been for as long as others are left. */
const isServedAtHogs: Kind = ({ connection }, { now, hog }) =>
	connection.address === hog && connection.handler instanceof HttpHandler && now - connection.since >= ALONE_TURN;

const hogHadItsTurn: Kind = (place, pressure) =>
	place.connection.address === pressure.hog && hadItsTurn(place, pressure);

/** What of a peer's text is shown in the log. */
const SHOWN = 64;

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
	readonly #pressure: Pressure = { now: 0, turn: 0, hog: "" };
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
		if (log.tells(DEBUG)) log.debug(`${address}: ${request.method} ${request.target.slice(0, SHOWN)} -> ${status}`);
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
		const place = this.#freePlace() ?? this.#clearPlace(now);
		if (place === undefined) {
			waiting.close();
			return;
		}
		const { connection, newcomer } = place;
		try {
			newcomer.open(now);
			connection.accept(waiting, this.#parts.platform);
		} catch (error) {
			this.fault(connection, error);
			waiting.close();
		}
	}

	#freePlace(): Place | undefined {
		return this.#places.find((place) => !place.connection.open);
	}

	/**
	 * Who has had the last answer gives way first, then who has had time to ask; only a crowd that comes all at once makes
	 * others give way, and of these the address that has most. Who is being answered stays.
	 */
	#clearPlace(now: number): Place | undefined {
		const pressure = this.#pressureOf(now, isUnserved);
		return (
			this.#evict(lingers, pressure) ??
			this.#evict(hasWaited, pressure) ??
			this.#evict(staysAtHogs, pressure) ??
			this.#evict(tricklesAtHogs, pressure) ??
			this.#evict(idlesAtHogs, pressure) ??
			this.#evict(asksAtHogs, pressure)
		);
	}

	/**
	 * Who has had its time gives its block to the next; one of several of an address first. An address that has all blocks gives
	 * one to another address, however well its answers move.
	 */
	#clearBlock(now: number): Place | undefined {
		const pressure = this.#pressureOf(now, wantsBlock);
		const cleared = this.#evict(hogHadItsTurn, pressure) ?? this.#evict(hadItsTurn, pressure);
		if (cleared !== undefined || this.#blocksOf(pressure.hog) < HTTP_BLOCKS) return cleared;
		const next = this.#nextAsking();
		if (next === undefined || next.connection.address === pressure.hog) return undefined;
		return this.#evict(isServedAtHogs, pressure, true);
	}

	/** @param short what there is too little of */
	#pressureOf(now: number, short: Kind): Pressure {
		const pressure = this.#pressure;
		pressure.now = now;
		pressure.turn = this.#turnTime();
		const places = this.#places;
		let most = 1;
		pressure.hog = "";
		for (let i = 0; i < MAX_CONNECTIONS - most; i++) {
			const { connection } = places[i];
			if (!connection.open || !short(places[i], pressure)) continue;
			const { address } = connection;
			let count = 1;
			for (let j = i + 1; j < MAX_CONNECTIONS; j++) {
				const other = places[j];
				if (other.connection.address === address && other.connection.open && short(other, pressure)) count++;
			}
			if (count <= most) continue;
			most = count;
			pressure.hog = address;
		}
		return pressure;
	}

	#turnTime(): number {
		return SHARED_TURN / (this.asking + 1);
	}

	/**
	 * Closes the one that has been at it longest of those that `may` give way; returns its place.
	 * @param newest the one that has been at it shortest instead
	 */
	#evict(may: Kind, pressure: Pressure, newest = false): Place | undefined {
		let found: Place | undefined;
		for (const place of this.#places) {
			if (!place.connection.open || !may(place, pressure)) continue;
			if (found === undefined || place.connection.serial < found.connection.serial !== newest) found = place;
		}
		found?.connection.close();
		return found;
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
		// Nothing is kept of a peer that is gone.
		this.#pressure.hog = "";
	}
}
