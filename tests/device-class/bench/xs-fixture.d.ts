/** The modules that k1-bench brings along; tests/device-class/engine/js describes them. */
declare module "xs/fixture" {
	export class Socket {
		constructor(peer: number);
		read(view: Uint8Array): number | undefined;
		write(view: Uint8Array): number;
		close(): void;
		readonly remoteAddress: string | undefined;
	}
	export const Peer: {
		connect(peer: number): void;
		sendText(peer: number, text: string): void;
		sendFrame(peer: number, first: number, payload: string): void;
		sendUpload(peer: number, name: string, size: number, chunk: number, seed: number): void;
		sendFile(peer: number, name: string, path: string, chunk: number): number;
		deliver(peer: number, segment: number, onReadable: (bytes: number) => void, turns: () => void): void;
		unread(peer: number): number;
		closed(peer: number): boolean;
		heard(peer: number, most: number): string;
	};
	export class Flash {
		read(view: Uint8Array, offset: number): void;
		write(view: Uint8Array, offset: number): void;
		eraseBlock(start: number, end: number): void;
		status(): { size: number; blocks: number; blockLength: number };
	}
	/** A page of 20,480 bytes, as a buffer of the host's. */
	export class Page {
		readonly byteLength: number;
	}
	export const Clock: {
		readonly ticks: number;
		pass(milliseconds: number): void;
		/** Timers are numbers from 1 on; the first is the server's turns, which `deliver` lets come. */
		schedule(timer: unknown, interval?: number, repeat?: number): void;
		due(timer: number): boolean;
	};
	/** Instructions that the fixture itself has spent since the last call. */
	export function spent(): number;
}
declare module "xs/instructions" {
	/** Instructions executed since the start, in steps of 25. */
	export default function instructions(): number;
}
declare module "xs/heap" {
	/** Figures of the pools; exact after `collect`. */
	const Heap: {
		collect(): void;
		resetPeaks(): void;
		readonly slots: number;
		readonly chunks: number;
		readonly peakSlots: number;
		readonly peakChunks: number;
		readonly allSlots: number;
		readonly allChunks: number;
		readonly stack: number;
		readonly keys: number;
		readonly slotBytes: number;
		readonly collections: number;
		/** Bytes in use, of chunks and slots together. */
		used(): number;
	};
	export default Heap;
}
declare module "xs/process" {
	const Process: { exit(code: number): never; readonly args: string[] };
	export default Process;
}
declare module "xs/profile" {
	export function start(): void;
	export function stop(): void;
}
