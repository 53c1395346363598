import type { MemoryPool } from "../core/memory-pool.js";
import { writeRefusal } from "../http/response.js";
import { SERVICE_UNAVAILABLE } from "../http/statuses.js";
import type { Counters } from "../transfer/counters.js";
import type { Connection } from "./connection.js";
import { blockFor } from "./giving-way.js";
import type { HttpHandler } from "./http-handler.js";
import { HTTP_BLOCKS, MAX_CLIENTS, SHARED_TURN } from "./limits.js";
import type { Newcomer, NewcomerOwner } from "./newcomer.js";
import type { Place } from "./place.js";

/** Room for the answer to those that waited in vain. */
const BUSY_SIZE = 320;

/** What the blocks ask of their server. */
export interface BlocksOwner {
	/** Gives the connection another turn soon. */
	later(connection: Connection): void;
	/** Reads on without looking, until the peer is done. @param since when the end began, ms */
	linger(connection: Connection, since: number): void;
	/** Somebody waits for a block: `makeRoom` is to be called often. */
	pressed(): void;
}

/**
 * The blocks that requests are read into and answered from, and the newcomers that wait for one. There are HTTP_BLOCKS of them, each
 * with a handler of its own; the clients' blocks come from the same pool and are never given away. A newcomer waits unread,
 * so it costs nothing and nobody is turned away who is not kept waiting for WAIT_LIMIT.
 */
export class Blocks implements NewcomerOwner {
	/** Newcomers that wait. */
	asking = 0;
	/** The whole answer for one that waited in vain. */
	readonly #busy: Uint8Array;

	/** @param places all of the server's, which may still be to be made */
	constructor(
		private readonly owner: BlocksOwner,
		private readonly pool: MemoryPool,
		private readonly counters: Counters,
		private readonly handlers: readonly HttpHandler[],
		private readonly places: readonly Place[],
	) {
		const busy = new Uint8Array(BUSY_SIZE);
		this.#busy = busy.subarray(0, writeRefusal(busy, 0, SERVICE_UNAVAILABLE, false, true, ["Retry-After: 1"]));
	}

	/** How many requests more could be served now. */
	get free(): number {
		let free = 0;
		for (let i = 0; i < HTTP_BLOCKS; i++) if (this.handlers[i].block === undefined) free++;
		const { pool } = this;
		const blocks = pool.total - pool.inUse - (MAX_CLIENTS - this.counters.clients);
		return Math.min(blocks, free);
	}

	joined(): void {
		this.asking++;
	}

	left(): void {
		this.asking--;
	}

	welcome(newcomer: Newcomer, now: number): void {
		if (this.asking > 1 && this.#next() !== newcomer) return;
		if (this.free === 0) {
			this.owner.pressed();
			this.#endOne(now);
			return;
		}
		const handler = this.handlers.find(({ block }) => block === undefined);
		const block = handler && this.pool.alloc();
		if (handler === undefined || block === undefined) return;
		newcomer.admitted();
		handler.open(newcomer.connection, block, now);
		this.call();
	}

	turnDown({ connection }: Newcomer, now: number): void {
		if (connection.say(this.#busy)) this.owner.linger(connection, now);
		else connection.close();
	}

	/** Takes one back, and calls who waits for it. */
	release(block: Uint8Array): void {
		this.pool.free(block);
		this.call();
	}

	/** Gives a turn to as many of those that wait as there are blocks for. */
	call(): void {
		if (this.asking === 0) return;
		for (let { free } = this; free > 0; free--) {
			const next = this.#next(true);
			if (next === undefined) return;
			this.owner.later(next.connection);
		}
	}

	/** Ends those that have had their time, but no more than there are who wait. */
	makeRoom(now: number): void {
		if (this.asking === 0) return;
		for (let { free } = this; free < this.asking && this.#endOne(now); ) free++;
	}

	/** Whether somebody waits for a block that has been held since then, ms, for as long as it may be. */
	hadTime(held: number, now: number): boolean {
		return this.asking > 0 && now - held >= this.#time && this.free < this.asking;
	}

	/** How long an address that wants more than one block is left one, ms: the more wait, the less, so that all are served in time. */
	get #time(): number {
		return SHARED_TURN / (this.asking + 1);
	}

	/** Ends one that has had its time with a block; returns whether there is one. */
	#endOne(now: number): boolean {
		const place = blockFor(this.places, now, this.#time, this.#next()?.connection.address ?? "");
		place?.connection.close();
		return place !== undefined;
	}

	/**
	 * Whose turn it is to have a block: of those whose address has the fewest, the one that has waited longest.
	 * @param uncalled of those that have not been called yet
	 */
	#next(uncalled = false): Newcomer | undefined {
		let next: Newcomer | undefined;
		let least = 0;
		const { places } = this;
		for (let i = 0; i < places.length; i++) {
			const { newcomer } = places[i];
			const { address, serial, queued } = newcomer.connection;
			if (!newcomer.asking || (uncalled && queued)) continue;
			// One that waits alone is compared with nobody.
			const blocks = this.asking > 1 ? this.#heldBy(address) : 0;
			if (next !== undefined && (blocks > least || (blocks === least && serial > next.connection.serial))) continue;
			next = newcomer;
			least = blocks;
		}
		return next;
	}

	#heldBy(address: string): number {
		let blocks = 0;
		for (let i = 0; i < HTTP_BLOCKS; i++) if (this.handlers[i].address === address) blocks++;
		return blocks;
	}
}
