import { type Clock, NOT_SET } from "../core/clock.js";
import type { Log } from "../core/log.js";
import type { MemoryPool } from "../core/memory-pool.js";
import { writeRefusal } from "../http/response.js";
import { SERVICE_UNAVAILABLE } from "../http/statuses.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { MAX_ERROR_FRAME } from "../tlv/frame.js";
import type { Counters } from "../transfer/counters.js";
import type { Metrics } from "../transfer/metrics.js";
import { Session } from "../transfer/session.js";
import { Output } from "../websocket/output.js";
import { Client, type ClientOwner } from "./client.js";
import { Connection, type ConnectionOwner } from "./connection.js";
import { HttpHandler, type HttpOwner } from "./http-handler.js";
import { ACCEPT_LIMIT, HTTP_BLOCKS, MAX_CLIENTS, MAX_CONNECTIONS, TICK } from "./limits.js";
import { Lingering, Waste } from "./lingering.js";
import type { Listening, Platform, TimerHandle, Waiting } from "./platform.js";
import { RefusalTable } from "./refusal-table.js";
import type { Site } from "./site.js";

/** Longer than any device runs without a turn; a repeating timer is one that can be scheduled again and again. */
const NEVER = 0x7fffffff;

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
	/** What is served, to whom, under which names. */
	readonly site: Site;
}

/** A place for one peer: its connection and what serves it until it becomes a client. */
interface Place {
	readonly connection: Connection;
	readonly http: HttpHandler;
	readonly lingering: Lingering;
}

/** The last answer is out; the rest of what the peer sends is thrown away. */
function lingers({ connection, lingering }: Place): boolean {
	return connection.handler === lingering;
}

/** Its request head is not complete. */
function waitsForHead({ http }: Place): boolean {
	return http.waitsForHead;
}

/**
 * The HTTP and WebSocket server: takes peers in, gives each its turn, keeps the times. All that it needs for the
 * largest number of peers is made with it, so nothing that peers do can make it grow.
 */
export class Server implements ConnectionOwner, ClientOwner, HttpOwner {
	readonly clock: Clock;
	readonly #parts: ServerParts;
	readonly #places: Place[] = [];
	readonly #clients: Client[] = [];
	readonly #refusals = new RefusalTable();
	#listening: Listening | undefined;
	/** The port to listen on once there is a network; not set: nobody asked for it yet. */
	#port = NOT_SET;
	/** Why the last try to listen failed. */
	#obstacle = "";
	/** Connections that the listener has announced and that were not taken yet. */
	#waiting = 0;
	#turns: TimerHandle;
	#accepted = 0;

	constructor(parts: ServerParts) {
		this.#parts = parts;
		this.clock = parts.clock;
		const waste = new Waste();
		const nothing = new Output();
		const scratch = new Uint8Array(MAX_ERROR_FRAME);
		const busy = new Uint8Array(BUSY_SIZE);
		const busyAnswer = busy.subarray(0, writeRefusal(busy, 0, SERVICE_UNAVAILABLE, false, true, ["Retry-After: 1"]));
		for (let i = 0; i < MAX_CLIENTS; i++) {
			const session = new Session(parts.store, parts.metrics, parts.counters);
			this.#clients.push(new Client(this, session, scratch));
		}
		for (let i = 0; i < MAX_CONNECTIONS; i++) {
			const http = new HttpHandler(this, parts.site, parts.store, busyAnswer);
			const connection = new Connection(this, http);
			this.#places.push({ connection, http, lingering: new Lingering(connection, waste, nothing) });
		}
	}

	/** Keeps the times from now on. Nobody is let in before `listen`. */
	start(): void {
		const { timer } = this.#parts.platform;
		timer.repeat(() => this.#tick(), TICK);
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
		this.#parts.log.info(`client from ${address}`);
		return client;
	}

	/** Counts a client that was turned away; returns when it may try again, ms. */
	turnAway(address: string): number {
		this.#parts.counters.errors++;
		this.#parts.log.info(`client from ${address} turned away: ${MAX_CLIENTS} are connected`);
		return this.#refusals.refused(address);
	}

	clientClosed(client: Client): void {
		if (client.block === undefined) return;
		this.#parts.pool.free(client.block);
		client.block = undefined;
		this.#parts.counters.clients--;
		this.#parts.log.info("client gone");
	}

	linger(connection: Connection, now: number): void {
		this.#places.find((place) => place.connection === connection)?.lingering.open(now);
	}

	/** A block for a connection that is not a client. The clients' own blocks are never given to others. */
	httpBlock(): Uint8Array | undefined {
		return this.#parts.pool.alloc(MAX_CLIENTS - this.#parts.counters.clients);
	}

	releaseBlock(block: Uint8Array): void {
		this.#parts.pool.free(block);
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
	 */
	#accept(): void {
		for (let i = 0; i < ACCEPT_LIMIT && this.#waiting > 0; i++) {
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
		let place = this.#freePlace();
		// Who has had the last answer gives way first, then who has not asked yet: peers that trickle or wait keep nobody out.
		if (place === undefined && !this.#evict(lingers)) this.#evict(waitsForHead);
		if (this.#heads() >= HTTP_BLOCKS) this.#evict(waitsForHead);
		place ??= this.#freePlace();
		if (place === undefined) {
			waiting.close();
			return;
		}
		const { connection, http } = place;
		connection.serial = ++this.#accepted;
		try {
			connection.accept(waiting, this.#parts.platform, http);
			http.open(connection, this.httpBlock(), this.clock.now());
		} catch (error) {
			this.fault(connection, error);
			waiting.close();
		}
	}

	#freePlace(): Place | undefined {
		return this.#places.find((place) => !place.connection.open);
	}

	/** Connections that hold a block and are not clients. */
	#heads(): number {
		let heads = 0;
		for (const { http } of this.#places) if (http.block !== undefined) heads++;
		return heads;
	}

	/** The oldest connection of which `may` is true is closed; returns whether there was one. */
	#evict(may: (place: Place) => boolean): boolean {
		let oldest: Place | undefined;
		for (const place of this.#places) {
			if (!place.connection.open || !may(place)) continue;
			if (oldest === undefined || place.connection.serial < oldest.connection.serial) oldest = place;
		}
		oldest?.connection.close();
		return oldest !== undefined;
	}

	#turn(): void {
		this.#accept();
		// By index: this runs for every 4 KB of an upload, and a loop without an iterator costs a fraction on XS.
		const places = this.#places;
		for (let i = 0; i < MAX_CONNECTIONS; i++) {
			const { connection } = places[i];
			if (connection.queued) connection.turn();
		}
	}

	#tick(): void {
		this.#tryToListen();
		const now = this.clock.now();
		for (const { connection } of this.#places) connection.tick(now);
	}
}
