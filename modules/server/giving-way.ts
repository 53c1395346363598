import { HttpHandler } from "./http-handler.js";
import { ALONE_TURN, ANSWER_TURN, GREETING, HTTP_BLOCKS } from "./limits.js";
import { ASKING, ENDING, HEAD, hasBlock, type Place, SERVED, stageOf } from "./place.js";

/** Stays whatever happens. */
const NEVER = 99;

/** It is not answered yet: nothing but its place is lost with it. */
function isUnserved(place: Place): boolean {
	const stage = stageOf(place);
	return stage !== ENDING && stage !== SERVED;
}

/** It has a block, or waits for one. */
function wantsBlock(place: Place): boolean {
	return hasBlock(place) || stageOf(place) === ASKING;
}

/** How many places of this kind are of this address. */
function share(places: readonly Place[], address: string, isOfKind: (place: Place) => boolean): number {
	let count = 0;
	for (let i = 0; i < places.length; i++) {
		const { connection } = places[i];
		if (connection.open && connection.address === address && isOfKind(places[i])) count++;
	}
	return count;
}

/** The address that has most of this kind; "" where none has more than one. */
function greediest(places: readonly Place[], isOfKind: (place: Place) => boolean): string {
	let greedy = "";
	let most = 1;
	for (let i = 0; i < places.length; i++) {
		const { connection } = places[i];
		const { address } = connection;
		if (!connection.open || address === greedy) continue;
		const count = share(places, address, isOfKind);
		if (count <= most) continue;
		most = count;
		greedy = address;
	}
	return greedy;
}

/**
 * The rank of a place among those that may have to give way: the lowest goes first, NEVER stays. Plain functions with all that they need
 * to know, as one that remembers something itself would be memory that is made while memory is short.
 * @param greedy the address that has most; "" where none has more than another
 */
type Rank = (place: Place, greedy: string, now: number, time: number) => number;

/** The first to go: of those with the lowest rank, the one that has been at it longest. */
function firstOf(places: readonly Place[], rank: Rank, greedy: string, now: number, time = 0): Place | undefined {
	let first: Place | undefined;
	let lowest = NEVER;
	for (let i = 0; i < places.length; i++) {
		const place = places[i];
		const { connection } = place;
		const own = connection.open ? rank(place, greedy, now, time) : NEVER;
		if (own === NEVER || own > lowest) continue;
		if (own === lowest && first !== undefined && first.connection.serial < connection.serial) continue;
		first = place;
		lowest = own;
	}
	return first;
}

/** For its place. */
const forPlace: Rank = (place, greedy, now) => {
	const stage = stageOf(place);
	if (stage === ENDING) return 0;
	if (stage === SERVED) return NEVER;
	const { address, since } = place.connection;
	if (stage === ASKING) return address === greedy ? 5 : NEVER;
	if (now - since >= ALONE_TURN) return 1;
	if (greedy !== "" && address !== greedy) return NEVER;
	if (stage === HEAD) return 3;
	return now - since >= GREETING ? 2 : 4;
};

/** For its block, when it has had its time with it. */
const forBlock: Rank = (place, greedy, now, time) => {
	if (place.connection.address === greedy) return hadItsTime(place, now, time) ? 0 : NEVER;
	return hadItsTime(place, now, ALONE_TURN) ? 1 : NEVER;
};

/** For its block, when one address has all of them: the one that was given last. */
const forLastBlock: Rank = (place, _greedy, now) => {
	const { serial, since } = place.connection;
	return hasBlock(place) && now - since >= ALONE_TURN ? -serial : NEVER;
};

/** Whether one that has a block has had its time with it: to send a head, or to take an answer, which may not stand still either. */
function hadItsTime(place: Place, now: number, time: number): boolean {
	const { handler, since, moved } = place.connection;
	if (!(handler instanceof HttpHandler)) return false;
	if (handler.waitsForHead) return stageOf(place) === HEAD && now - since >= time;
	return now - since >= ANSWER_TURN || (handler.unsent && now - since >= time && now - moved >= time);
}

/**
 * Who gives its place to a newcomer (docs/protocol.md, "Limits"). Until a request is complete the address is all that tells peers
 * apart: whoever has had its time goes first, then one of the address that has most, where one has more than another.
 * @returns nothing where all are being answered
 */
export function placeFor(places: readonly Place[], now: number): Place | undefined {
	return firstOf(places, forPlace, greediest(places, isUnserved), now);
}

/**
 * Who gives its block to the next: who has had its time, of the address that wants most first. An address that has all blocks
 * leaves one to another, however well its answers move.
 * @param time how long the address that wants most is left a block, ms; others are left ALONE_TURN
 * @param next the address of the one that is to have the block
 * @returns nothing where nobody has had its time
 */
export function blockFor(places: readonly Place[], now: number, time: number, next: string): Place | undefined {
	const greedy = greediest(places, wantsBlock);
	const late = firstOf(places, forBlock, greedy, now, time);
	if (late !== undefined || greedy === next || share(places, greedy, hasBlock) < HTTP_BLOCKS) return late;
	return firstOf(places, forLastBlock, greedy, now);
}
