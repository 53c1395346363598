import type { Address } from "./address.js";

/** As much of a WebSocket as is needed; the browsers' own has it, and the one of the package `ws`. */
export interface Socket {
	binaryType: string;
	readonly bufferedAmount: number;
	onopen: ((event: never) => void) | null;
	onmessage: ((event: { data: unknown }) => void) | null;
	onclose: ((event: { code: number; reason: string }) => void) | null;
	/** `message` is there where the platform tells why, as `ws` does and browsers do not. */
	onerror: ((event: { message?: string }) => void) | null;
	send(data: Uint8Array): void;
	close(code?: number, reason?: string): void;
	/** Ends it without a word; where there is none, `close` has to do. */
	terminate?(): void;
}

/** What differs between places where the library runs. */
export interface Platform {
	/** Begins to open a connection. */
	open(address: Address): Socket;
	/** The address to take where none is given. */
	home(): string;
}
