/** What the library's calls take and give. */

/** A pattern that the device has. */
export interface Listed {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** CRC-32 as zlib has it, eight hex digits. */
	readonly crc32: string;
}

/** What this connection is doing, in the device's eyes. */
export type TransferState = "idle" | "receiving" | "validating" | "storing";

/** How the device is (docs/protocol.md, "STATUS"). */
export interface Status {
	readonly state: TransferState;
	/** Clients connected, this one included. */
	readonly clients: number;
	/** Seconds. */
	readonly uptime: number;
	/** The JavaScript heap, bytes; `largestFree` is of the memory outside of it, 0 where it is not known. */
	readonly heap: {
		readonly size: number;
		readonly free: number;
		readonly leastFree: number;
		readonly largestFree: number;
	};
	/** Blocks of 4,096 bytes. */
	readonly blocks: {
		readonly total: number;
		readonly inUse: number;
		readonly highest: number;
		readonly refused: number;
	};
	readonly cache: { readonly hits: number; readonly misses: number; readonly bytes: number };
	readonly patterns: number;
	readonly mostPatterns: number;
	/** Bytes; `ready` can be written at full speed. */
	readonly storage: { readonly used: number; readonly size: number; readonly ready: number };
	/** Messages received since boot. */
	readonly frames: number;
	/** Refusals sent since boot. */
	readonly errors: number;
	/** Bytes of this connection's upload that are on flash. */
	readonly uploaded: number;
}

export type PlayingState = "stopped" | "playing" | "paused" | "live";

/** What plays: the same as `GET /state` has. */
export interface State {
	readonly state: PlayingState;
	/** The pattern's name; empty where there is none. */
	readonly pattern: string;
	/** 0 to 255; where it is going, if it is on its way. */
	readonly brightness: number;
	/** Times 100, 100 to 400. */
	readonly gamma: number;
	/** Frames a second. */
	readonly fps: number;
	/** Number of the frame in the loop. */
	readonly frame: number;
	readonly frames: number;
	/** Frames shown since boot. */
	readonly shown: number;
	/** Frames that came too late. */
	readonly skipped: number;
	/** What flows, mA. */
	readonly milliamps: number;
	/** What may flow, mA; 0: no limit. */
	readonly limit: number;
}

/** What the LEDs show. */
export interface Frame {
	/** Number of the frame in its loop. */
	readonly frame: number;
	/** LEDs of both strips. */
	readonly leds: number;
	/** R, G, B for each LED, strip 1 first, before brightness, gamma and power limit. */
	readonly colors: Uint8Array;
}

/** How far a transfer is. */
export interface Progress {
	/** Bytes that are there: of an upload, on the device's flash. Never less than before. */
	readonly done: number;
	/** Bytes in all; undefined where nobody knows. */
	readonly total: number | undefined;
}

/** Ends a call; it throws the signal's reason then. */
export interface Abortable {
	readonly signal?: AbortSignal;
}

export interface TransferOptions extends Abortable {
	readonly onProgress?: (progress: Progress) => void;
}

export interface DownloadOptions extends TransferOptions {
	/** The CRC-32 that LIST told: what a browser has kept of just this content is then taken without asking the device. */
	readonly crc32?: string;
}

export interface UploadOptions extends TransferOptions {
	/** Bytes of a stream in all, where they are known: the device then says at once whether there is room. */
	readonly size?: number;
}

/** Something that gives a pattern's bytes: all at once, or piece by piece. */
export type Source = Uint8Array | ArrayBuffer | Blob | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

export interface RampOptions {
	/** Time in which to get there, ms, up to 65,535; 0: at once. */
	readonly over?: number;
}

export interface WatchOptions extends Abortable {
	/** Frames a second at most, 1 to 30. */
	readonly fps?: number;
}

export type LogLevel = "error" | "warn" | "info" | "debug";

/** A line of the device's log. */
export interface LogLine {
	/** `gap`: no line, but a sentence that says how many had to be left out here. */
	readonly level: LogLevel | "gap";
	/** When it was written, ms since the device's boot. */
	readonly ms: number;
	readonly text: string;
}

export interface LogOptions extends Abortable {
	/** Lines up to this level; `info` if not given. */
	readonly level?: LogLevel;
}

export interface ShowOptions {
	/** Number of the first LED that the colors are for, 0 to 319; strip 2 starts with 160. */
	readonly first?: number;
}

export interface ConnectOptions extends Abortable {
	/** Access token, where the device asks for one. */
	readonly token?: string;
	/** How long to wait for an answer before the connection counts as lost, ms; 10,000 if not given. */
	readonly timeout?: number;
	/** Whether to come back after a connection was lost; it does if nothing is given. */
	readonly reconnect?: boolean;
	/** After how much silence to ask whether the device is still there, ms; 10,000 if not given, 0: never. */
	readonly keepAlive?: number;
}

/** What can be listened for with `on`. */
export interface K1Events {
	/** There is a connection again. */
	connected: [];
	/** The connection was lost, or closed. */
	disconnected: [error: Error];
	/** There will be another try in so many ms; `attempt` counts from 0. */
	reconnecting: [delay: number, attempt: number];
	/** Something about what plays has changed. Told while frames are watched, and whenever somebody asks. */
	state: [state: State];
	/** The device refused something that is no call's: a message that came too slowly, for example. */
	refused: [error: Error];
}
