import WebSocket from "ws";
import { DELETE, ERROR, LIST, PUT_BEGIN, PUT_CHUNK, PUT_END, STATUS } from "../../../modules/tlv/frame.js";

/** One line of a LIST. */
export interface Listed {
	readonly name: string;
	readonly size: number;
	readonly crc: number;
}

/** An answer of the K1. */
export interface Answer {
	readonly type: number;
	readonly value: Buffer;
}

/** What an ERROR says. */
export interface ErrorAnswer {
	readonly code: number;
	readonly retryAfterMs: number;
	readonly reason: string;
}

/** A TLV frame. */
export function frame(type: number, value: Uint8Array | string = ""): Buffer {
	const bytes = Buffer.from(value as string, "latin1");
	const header = Buffer.from([type, bytes.length >> 8, bytes.length & 0xff]);
	return Buffer.concat([header, bytes]);
}

/** The value of a PUT_BEGIN with a size and a CRC-32. */
export function begin(name: string, size: number, crc: number): Buffer {
	const numbers = Buffer.alloc(9);
	numbers.writeUInt32BE(size, 1);
	numbers.writeUInt32BE(crc, 5);
	return Buffer.concat([Buffer.from(name, "latin1"), numbers]);
}

/** Reads an ERROR's value. @throws Error for another answer */
export function errorOf(answer: Answer): ErrorAnswer {
	if (answer.type !== ERROR)
		throw new Error(`not an ERROR: ${answer.type.toString(16)} ${answer.value.toString("hex")}`);
	return {
		code: answer.value[0],
		retryAfterMs: answer.value.readUInt32BE(1),
		reason: answer.value.toString("utf8", 5),
	};
}

/** A client for the specs, on the `ws` package: it hides nothing and repairs nothing. */
export class K1Client {
	readonly closed: Promise<{ code: number; reason: string }>;
	readonly #answers: Answer[] = [];
	readonly #waiting: ((answer: Answer) => void)[] = [];

	private constructor(readonly socket: WebSocket) {
		socket.on("message", (data: Buffer) => {
			const answer = { type: data[0], value: data.subarray(3) };
			const waiting = this.#waiting.shift();
			if (waiting) waiting(answer);
			else this.#answers.push(answer);
		});
		this.closed = new Promise((resolve) => {
			socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
		});
		socket.on("error", () => {});
	}

	static async connect(url: string, options?: WebSocket.ClientOptions): Promise<K1Client> {
		const socket = new WebSocket(url, { perMessageDeflate: false, ...options });
		const client = new K1Client(socket);
		await new Promise((resolve, reject) => {
			socket.on("open", resolve);
			socket.on("error", reject);
		});
		return client;
	}

	send(data: Uint8Array): void {
		this.socket.send(data);
	}

	/** The next answer. @throws Error when none comes within `limit` ms */
	next(limit = 10_000): Promise<Answer> {
		const answer = this.#answers.shift();
		if (answer) return Promise.resolve(answer);
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error("no answer")), limit);
			this.#waiting.push((got) => {
				clearTimeout(timer);
				resolve(got);
			});
		});
	}

	async ask(type: number, value: Uint8Array | string = ""): Promise<Answer> {
		this.send(frame(type, value));
		return this.next();
	}

	/** Sends a whole upload without waiting; the answers are the caller's to read. */
	upload(beginValue: Uint8Array | string, pattern: Uint8Array, chunk = 4093): void {
		this.send(frame(PUT_BEGIN, beginValue));
		for (let at = 0; at < pattern.length; at += chunk) this.send(frame(PUT_CHUNK, pattern.subarray(at, at + chunk)));
		this.send(frame(PUT_END));
	}

	/** Uploads and reads both answers. @throws Error for anything but two STATUS ok */
	async put(name: string, pattern: Uint8Array, chunk?: number): Promise<void> {
		this.upload(name, pattern, chunk);
		for (let i = 0; i < 2; i++) {
			const { type, value } = await this.next(30_000);
			if (type !== STATUS || value.toString("hex") !== "00")
				throw new Error(`put: ${type} ${value.toString("latin1")}`);
		}
	}

	remove(name: string): Promise<Answer> {
		return this.ask(DELETE, name);
	}

	async list(): Promise<Listed[]> {
		const { type, value } = await this.ask(LIST);
		if (type !== LIST) throw new Error(`list: ${type} ${value.toString("latin1")}`);
		const listed: Listed[] = [];
		let at = 1;
		for (let i = 0; i < value[0]; i++) {
			const end = at + 1 + value[at];
			listed.push({
				name: value.toString("latin1", at + 1, end),
				size: value.readUInt32BE(end),
				crc: value.readUInt32BE(end + 4),
			});
			at = end + 8;
		}
		return listed;
	}

	/** The metrics record. */
	async status(): Promise<Buffer> {
		return (await this.ask(STATUS)).value;
	}

	async close(): Promise<void> {
		this.socket.close();
		await this.closed;
	}
}
