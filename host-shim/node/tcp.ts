import type { Socket } from "node:net";

/** Unread bytes from which on the peer is held back: lwIP's default receive window. */
const RECEIVE_WINDOW = 5744;
/** Bytes that may wait to be sent: lwIP's default send buffer. */
const SEND_BUFFER = 5744;

interface TCPOptions {
	from: TCP;
	onReadable?: (this: TCP, bytes: number) => void;
	onWritable?: (this: TCP, bytes: number) => void;
	onError?: (this: TCP) => void;
	format?: "buffer";
}

/**
 * `embedded:io/socket/tcp` on Node, with the behaviour that the SDK's has on the chip: `onReadable` when bytes arrive
 * and not again for those left unread, `write` of more than there is room for throws, the peer's end of stream is
 * `onError` after the unread bytes were read, and nothing but `close` may be called after `close`.
 */
export default class TCP {
	#socket: Socket | undefined;
	readonly #options: TCPOptions | undefined;
	readonly #address: string | undefined;
	#chunks: Buffer[] = [];
	#unread = 0;
	#unsent = 0;
	#ended = false;

	constructor(options: TCPOptions | Socket) {
		if (!("from" in options)) {
			// A waiting connection, as `Listener.read` hands it out.
			this.#socket = options;
			return;
		}
		const socket = options.from.#take();
		this.#options = options;
		this.#socket = socket;
		this.#address = socket.remoteAddress?.replace(/^::ffff:/, "");
		socket.on("data", (chunk) => this.#arrived(chunk));
		socket.on("end", () => this.#end());
		socket.on("error", () => this.#end());
		socket.on("close", () => this.#end());
		socket.resume();
		setImmediate(() => this.#writable());
	}

	get remoteAddress(): string | undefined {
		return this.#address;
	}

	read(view: Uint8Array): number | undefined {
		this.#open();
		if (this.#unread === 0) return undefined;
		if (view.length === 0 || view.length > this.#unread) throw new Error("invalid");
		let filled = 0;
		while (filled < view.length) {
			const chunk = this.#chunks[0];
			const part = chunk.subarray(0, view.length - filled);
			view.set(part, filled);
			filled += part.length;
			if (part.length === chunk.length) this.#chunks.shift();
			else this.#chunks[0] = chunk.subarray(part.length);
		}
		this.#unread -= filled;
		if (this.#ended && this.#unread === 0) setImmediate(() => this.#failed());
		else if (this.#unread < RECEIVE_WINDOW) this.#socket?.resume();
		return filled;
	}

	write(view: Uint8Array): number | undefined {
		const socket = this.#open();
		if (this.#ended) return undefined;
		if (view.length > SEND_BUFFER - this.#unsent) throw new Error("would block");
		this.#unsent += view.length;
		// The caller may use the bytes again at once.
		socket.write(Buffer.from(view), () => {
			this.#unsent -= view.length;
			this.#writable();
		});
		return SEND_BUFFER - this.#unsent;
	}

	close(): void {
		const socket = this.#socket;
		this.#socket = undefined;
		this.#chunks = [];
		if (socket === undefined) return;
		// What was written still goes out; bytes that come later make the peer's next write fail, as with lwIP.
		socket.removeAllListeners("data");
		socket.destroySoon();
	}

	#take(): Socket {
		const socket = this.#open();
		this.#socket = undefined;
		return socket;
	}

	#open(): Socket {
		if (this.#socket === undefined) throw new Error("closed");
		return this.#socket;
	}

	#arrived(chunk: Buffer): void {
		if (this.#socket === undefined) return;
		this.#chunks.push(chunk);
		this.#unread += chunk.length;
		if (this.#unread >= RECEIVE_WINDOW) this.#socket.pause();
		this.#options?.onReadable?.call(this, this.#unread);
	}

	#writable(): void {
		if (this.#socket === undefined || this.#ended) return;
		this.#options?.onWritable?.call(this, SEND_BUFFER - this.#unsent);
	}

	#end(): void {
		if (this.#ended) return;
		this.#ended = true;
		if (this.#unread === 0) this.#failed();
	}

	#failed(): void {
		if (this.#socket !== undefined) this.#options?.onError?.call(this);
	}
}
