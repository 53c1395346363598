import type { Connection } from "./connection.js";
import { HttpHandler } from "./http-handler.js";
import type { Lingering } from "./lingering.js";
import type { Newcomer } from "./newcomer.js";

/** A place for one peer: its connection, and what serves it before a request and after its last answer. */
export interface Place {
	readonly connection: Connection;
	readonly newcomer: Newcomer;
	readonly lingering: Lingering;
}

// How far the peer of a place has come: the less, the less it loses when it has to go.
/** It has had its last answer. */
export const ENDING = 0;
/** It has come, or has been answered, and has sent nothing since. */
export const SILENT = 1;
/** It has a block, and its request head is not complete. */
export const HEAD = 2;
/** Its request is here, unread: it waits for a block. */
export const ASKING = 3;
/** Its request is being answered, or it has yet to have its turn for that, or it is a client. */
export const SERVED = 4;

export type Stage = typeof ENDING | typeof SILENT | typeof HEAD | typeof ASKING | typeof SERVED;

/** How far the peer of this place has come. */
export function stageOf({ connection: { handler, queued }, newcomer, lingering }: Place): Stage {
	if (handler === lingering) return ENDING;
	if (handler === newcomer) return newcomer.asking ? ASKING : SILENT;
	// What waits for a turn of ours is not late.
	return handler instanceof HttpHandler && handler.waitsForHead && !queued ? HEAD : SERVED;
}

/** Whether the peer of this place has one of the blocks for requests. */
export function hasBlock({ connection: { handler } }: Place): boolean {
	return handler instanceof HttpHandler;
}
