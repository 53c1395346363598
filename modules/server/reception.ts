import { type Clock, NOT_SET } from "../core/clock.js";
import type { Log } from "../core/log.js";
import type { Blocks } from "./blocks.js";
import type { Connection } from "./connection.js";
import { placeFor } from "./giving-way.js";
import { ACCEPT_LIMIT } from "./limits.js";
import type { Place } from "./place.js";
import type { Listening, Platform, Waiting } from "./platform.js";

/** What the reception asks of its server. */
export interface ReceptionOwner {
	readonly clock: Clock;
	/** Calls `takeIn` soon, after the connections had their turns. */
	soon(): void;
	/** Something in the firmware failed while it worked for this connection. */
	fault(connection: Connection, error: unknown): void;
}

/** Listens, and gives a place to each peer that comes; where there is none, somebody gives way. */
export class Reception {
	#listening: Listening | undefined;
	/** The port to listen on once there is a network; not set: nobody asked for it yet. */
	#port = NOT_SET;
	/** Why the last try to listen failed. */
	#obstacle = "";
	/** Connections that the listener has announced and that were not taken yet. */
	#waiting = 0;

	constructor(
		private readonly owner: ReceptionOwner,
		private readonly platform: Platform,
		private readonly log: Log,
		private readonly places: readonly Place[],
		private readonly blocks: Blocks,
	) {}

	/**
	 * Listens, once; what is said again is passed over. To be called when there is a network or is about to be one: without one
	 * the SDK's listener throws (CHECK_NETWORK_SAFE in its modules/io/common/builtinCommon.h), and `tryToListen` has to be called
	 * again. A listener is bound to every address, so it outlives the networks that come and go.
	 * @param port TCP port; 0: a free one, where the platform can
	 */
	listen(port: number): void {
		this.#port = port;
		this.tryToListen();
	}

	/** Listens, where that was asked for and has not been possible yet. */
	tryToListen(): void {
		if (this.#listening !== undefined || this.#port === NOT_SET) return;
		const { log } = this;
		try {
			this.#listening = this.platform.listen(this.#port, (count) => {
				this.#waiting = count;
				this.takeIn();
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
	 * Takes in some of the peers that wait, and the rest in turns to come. Each socket that is made puts a message into the
	 * SDK's queue from the script's own task, which would wait for ever for room in it (xQueueSendToBack with portMAX_DELAY,
	 * xs/platforms/esp/xsHost.c). Never more are read than were announced: a read with none waiting leaks.
	 */
	takeIn(): void {
		if (this.#waiting === 0) return;
		const now = this.owner.clock.now();
		for (let i = 0; i < ACCEPT_LIMIT && this.#waiting > 0; i++) {
			// Who could be served now goes first: the next to come might take its place.
			if (this.blocks.asking > 0 && this.blocks.free > 0) break;
			this.#waiting--;
			const waiting = this.#listening?.read();
			if (waiting !== undefined) this.#seat(waiting, now);
		}
		if (this.#waiting > 0) this.owner.soon();
	}

	#seat(waiting: Waiting, now: number): void {
		const place = this.places.find(({ connection }) => !connection.open) ?? placeFor(this.places, now);
		if (place === undefined) {
			waiting.close();
			return;
		}
		const { connection, newcomer } = place;
		connection.close();
		try {
			newcomer.open(now);
			connection.accept(waiting, this.platform);
		} catch (error) {
			this.owner.fault(connection, error);
			waiting.close();
		}
	}
}
