import { createConnection, type Socket } from "node:net";
import { crc32 } from "node:zlib";
import { PUT_BEGIN, PUT_CHUNK, PUT_END } from "../modules/tlv/frame.js";
import { begin, frame } from "../tests/integration/support/k1-client.js";
import { maskedFrame } from "../tests/support/client-frames.js";

const BINARY = 0x82;
const MASK = Uint8Array.of(0x5a, 0x17, 0xc3, 0x88);
/** Bytes of an answer "done" in its WebSocket frame. */
const ANSWER = 6;

/** A whole upload as the bytes of its WebSocket frames: so the client costs next to nothing while the server is measured. */
export function uploadBytes(name: string, pattern: Uint8Array, chunk: number): Buffer {
	const messages = [frame(PUT_BEGIN, begin(name, pattern.length, crc32(pattern)))];
	for (let at = 0; at < pattern.length; at += chunk) messages.push(frame(PUT_CHUNK, pattern.subarray(at, at + chunk)));
	const crc = Buffer.alloc(4);
	crc.writeUInt32BE(crc32(pattern));
	messages.push(frame(PUT_END, crc));
	return Buffer.concat(messages.map((message) => maskedFrame(BINARY, message, MASK)));
}

/** Bytes to a server over plain TCP, and a count of those that come back. */
export class Stream {
	readonly #socket: Socket;
	#received = 0;
	#tail = "";
	#wake: () => void = () => {};

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.on("data", (data) => {
			this.#received += data.length;
			if (this.#tail.length < 4096) this.#tail += data.toString("latin1");
			this.#wake();
		});
	}

	/** @param webSocket whether to become a WebSocket client first */
	static async open(port: number, webSocket: boolean): Promise<Stream> {
		const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
		await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
		const stream = new Stream(socket);
		if (!webSocket) return stream;
		const key = Buffer.alloc(16).toString("base64");
		const fields = `Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13`;
		socket.write(`GET /ws HTTP/1.1\r\n${fields}\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
		await stream.#until(() => stream.#tail.includes("\r\n\r\n"));
		if (!stream.#tail.startsWith("HTTP/1.1 101 ")) throw new Error(stream.#tail);
		stream.#received = 0;
		return stream;
	}

	/** Sends an upload so many times in a row, and waits for all answers, two for each. */
	async uploads(bytes: Buffer, times: number): Promise<void> {
		await this.#send(bytes, times, 2 * ANSWER * times);
	}

	/** The same for a TCP sink, which answers a byte for each. */
	async sink(bytes: Buffer, times: number): Promise<void> {
		const head = Buffer.alloc(4);
		head.writeUInt32BE(bytes.length);
		await this.#send(Buffer.concat([head, bytes]), times, times);
	}

	close(): void {
		this.#socket.destroy();
	}

	async #send(bytes: Buffer, times: number, answers: number): Promise<void> {
		this.#received = 0;
		for (let i = 0; i < times; i++) await new Promise((resolve) => this.#socket.write(bytes, resolve));
		await this.#until(() => this.#received >= answers);
		if (this.#received !== answers) throw new Error(`${this.#received} bytes of answers, not ${answers}`);
	}

	async #until(there: () => boolean): Promise<void> {
		while (!there()) {
			await new Promise<void>((resolve, reject) => {
				this.#wake = resolve;
				this.#socket.once("close", () => reject(new Error("the server has closed the connection")));
			});
			this.#socket.removeAllListeners("close");
		}
	}
}
