import type { Output } from "../websocket/output.js";

/** An engine without I/O: says what it wants to read, and what the bytes that it got mean. */
export interface Engine {
	/** Bytes it wants next at the most; 0: read nothing now. */
	readonly wanted: number;
	/**
	 * Where the next min(available, wanted) bytes go.
	 * @param patient whether it may rather wait, until `wanted` bytes can be read: then it returns undefined
	 */
	next(available: number, patient: boolean): Uint8Array | undefined;
	/** That many bytes are there; returns an event of the engine's own, 0 for none. */
	received(bytes: number): number;
}

/** What a connection does at the moment: an engine, what it has to send, and what its events lead to. */
export interface ProtocolHandler {
	readonly engine: Engine;
	readonly output: Output;
	/** Whether anything of an answer is still to be sent, now or when there is room. */
	readonly unsent: boolean;
	/** The engine had an event. */
	event(event: number, now: number): void;
	/** All output is sent; `room` bytes more could be. */
	drained(room: number, now: number): void;
	/** A time limit may be over. */
	tick(now: number): void;
	/** A turn begins: new bytes, new room (`room` bytes now), or one that was asked for. */
	turn(room: number, now: number): void;
	/** The connection is gone. */
	closed(): void;
}
