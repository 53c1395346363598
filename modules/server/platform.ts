/** What the server needs of the platform, in the shape of ECMA-419 and the SDK; `main.ts` hands it in. */

import type { Timers } from "../core/timer.js";

/** One TCP connection. */
export interface Socket {
	read(view: Uint8Array): number | undefined;
	/** Returns the room left; undefined when the connection has ended and nothing is sent any more. */
	write(view: Uint8Array): number | undefined;
	close(): void;
	readonly remoteAddress: string | undefined;
}

/** A connection that waits for its socket: only good as `from`. */
export type Waiting = Pick<Socket, "close">;

export interface SocketOptions {
	from: never;
	onReadable(bytes: number): void;
	onWritable(bytes: number): void;
	onError(): void;
	format: "buffer";
}

export interface Listening {
	read(): Waiting | undefined;
	close(): void;
}

export interface Platform {
	/** Makes the socket of a connection that `Listening.read` returned. */
	readonly socket: (options: SocketOptions) => Socket;
	/** Listens on a port of all addresses; `onReadable` says how many connections wait. */
	readonly listen: (port: number, onReadable: (count: number) => void) => Listening;
	readonly timer: Timers;
}
