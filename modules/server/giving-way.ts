import type { Connection } from "./connection.js";
import { HttpHandler } from "./http-handler.js";
import { ALONE_TURN, ANSWER_TURN, GREETING, HTTP_BLOCKS } from "./limits.js";
import type { Lingering } from "./lingering.js";
import type { Newcomer } from "./newcomer.js";

/** A place for one peer: its connection, and what serves it when it has no request and no client. */
export interface Place {
	readonly connection: Connection;
	readonly newcomer: Newcomer;
	readonly lingering: Lingering;
}

/** What decides who gives way to somebody who waits. */
interface Pressure {
	/** Now, ms. */
	now: number;
	/** How long those are left their block who have more than one or want it, ms. */
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

/** It has a block. */
const isAtHogs: Kind = ({ connection }, { hog }) =>
	connection.address === hog && connection.handler instanceof HttpHandler;

/** It has had it for as long as others are left. */
const isServedAtHogs: Kind = (place, pressure) =>
	isAtHogs(place, pressure) && pressure.now - place.connection.since >= ALONE_TURN;

const hogHadItsTurn: Kind = (place, pressure) =>
	place.connection.address === pressure.hog && hadItsTurn(place, pressure);

/**
 * Says who gives way where places or blocks are short (docs/protocol.md, "Limits"): who has had their time, and first the address that
 * has most. Until a request is complete the address is all that tells peers apart.
 */
export class GivingWay {
	readonly #pressure: Pressure = { now: 0, turn: 0, hog: "" };

	/** @param places all of the server's, which may still be to be made */
	constructor(private readonly places: readonly Place[]) {}

	/**
	 * Who gives its place to a newcomer: who has had the last answer, then who has had time to ask; only a crowd that comes all at
	 * once makes others give way, and of these the address that has most. Who is being answered stays.
	 */
	ofPlaces(now: number): Place | undefined {
		this.#measure(now, 0, isUnserved);
		const place =
			this.#first(lingers) ??
			this.#first(hasWaited) ??
			this.#first(staysAtHogs) ??
			this.#first(tricklesAtHogs) ??
			this.#first(idlesAtHogs) ??
			this.#first(asksAtHogs);
		return this.#chosen(place);
	}

	/**
	 * Who gives its block to the next: who has had its time, one of several of an address first. An address that has all blocks gives
	 * one to another address, however well its answers move: the last.
	 * @param turn the time of those who have more than one block or want it, ms
	 * @param next the address of the one that is to have the block
	 */
	ofBlocks(now: number, turn: number, next: string | undefined): Place | undefined {
		this.#measure(now, turn, wantsBlock);
		let place = this.#first(hogHadItsTurn) ?? this.#first(hadItsTurn);
		if (place === undefined && next !== this.#pressure.hog && this.#count(isAtHogs) === HTTP_BLOCKS) {
			place = this.#first(isServedAtHogs, true);
		}
		return this.#chosen(place);
	}

	/** Nothing is kept of a peer that will be gone. */
	#chosen(place: Place | undefined): Place | undefined {
		this.#pressure.hog = "";
		return place;
	}

	/** @param short those who have what there is too little of, or want it */
	#measure(now: number, turn: number, short: Kind): void {
		const { places } = this;
		const pressure = this.#pressure;
		pressure.now = now;
		pressure.turn = turn;
		pressure.hog = "";
		let most = 1;
		for (let i = 0; i < places.length - most; i++) {
			const { connection } = places[i];
			if (!connection.open || !short(places[i], pressure)) continue;
			const { address } = connection;
			let count = 1;
			for (let j = i + 1; j < places.length; j++) {
				const other = places[j];
				if (other.connection.address === address && other.connection.open && short(other, pressure)) count++;
			}
			if (count <= most) continue;
			most = count;
			pressure.hog = address;
		}
	}

	#count(kind: Kind): number {
		let count = 0;
		for (const place of this.places) if (place.connection.open && kind(place, this.#pressure)) count++;
		return count;
	}

	/**
	 * The one of this kind that has been at it longest.
	 * @param newest the one that has been at it shortest instead
	 */
	#first(kind: Kind, newest = false): Place | undefined {
		let found: Place | undefined;
		for (const place of this.places) {
			if (!place.connection.open || !kind(place, this.#pressure)) continue;
			if (found === undefined || place.connection.serial < found.connection.serial !== newest) found = place;
		}
		return found;
	}
}
