import { copy, encodeUtf8 } from "../bytes/bytes.js";
import type { RequestReader } from "../http/request-reader.js";
import { writeHead, writeRefusal } from "../http/response.js";
import { CONTINUE } from "../http/statuses.js";
import { Output } from "../websocket/output.js";

/** The head of an answer fits into this. */
const HEAD_ROOM = 512;
/** An answer and the longest text in one, a page of the set-up portal, fit into this much of the block. */
const ANSWER_ROOM = HEAD_ROOM + 3072;

/** Writes answers into the block that the request came in, and queues them. */
export class HttpAnswer {
	readonly output = new Output(new Uint8Array(0));
	/** The connection ends with this answer. */
	last = false;
	/** The answer has no body: HEAD. */
	bodiless = false;
	#block: Uint8Array = this.output.short;
	/** What is left to be sent of a file in flash, bytes at..end; undefined: nothing. */
	#file: Uint8Array | undefined;
	#at = 0;
	#end = 0;

	/** @param reader the requests' reader: what came after the request in the same block has to stay */
	constructor(private readonly reader: RequestReader) {}

	/** Starts on a new connection. */
	open(block: Uint8Array): void {
		this.#block = block;
		this.#file = undefined;
	}

	/** Whether a part of a file is still to be queued. */
	get active(): boolean {
		return this.#file !== undefined;
	}

	/** Tells the peer to send the body: in front of where it goes there is room, the head that is taken apart. */
	goOn(): void {
		this.output.queue(this.#block, 0, writeHead(this.#block, 0, CONTINUE, []));
	}

	/** Queues an answer with a text that fits the block. */
	send(status: number, fields: string[], body: string): void {
		// The head tells the body's length in bytes, so the body is written first, behind the room for the head.
		const bodyStart = this.#start() + HEAD_ROOM;
		const bodyEnd = encodeUtf8(body, this.#block, bodyStart);
		fields.push(`Content-Length: ${bodyEnd - bodyStart}`);
		this.#queue(status, fields, bodyStart, this.bodiless ? bodyStart : bodyEnd);
	}

	/** Queues the head of an answer; what follows it, if anything, is the caller's to send. */
	sendHead(status: number, fields: string[]): void {
		this.#queue(status, fields, 0, 0);
	}

	/**
	 * Queues an answer with a file, as much of that as the block holds; `sendMore` queues the rest piece by piece.
	 * @param file as `SitePage` has one
	 */
	sendFile(status: number, fields: string[], file: Uint8Array): void {
		const size = file.byteLength;
		fields.push(`Content-Length: ${size}`);
		const start = this.#start();
		if (this.last) fields.push("Connection: close");
		const end = writeHead(this.#block, start, status, fields);
		this.#at = 0;
		this.#end = this.bodiless ? 0 : size;
		this.#queueFile(file, start, end);
	}

	/** Queues the next piece of the file, once all before it is sent. */
	sendMore(): void {
		const file = this.#file;
		if (file === undefined) return;
		const start = this.#start();
		this.#queueFile(file, start, start);
	}

	/** Queues the block's bytes from `start` on, and behind them, at `from`, what there is room for of the file. */
	#queueFile(file: Uint8Array, start: number, from: number): void {
		const block = this.#block;
		const at = this.#at;
		const bytes = Math.min(block.length - from, this.#end - at);
		copy(block, from, file, at, at + bytes);
		this.output.queue(block, start, from + bytes);
		this.#at = at + bytes;
		this.#file = this.#at < this.#end ? file : undefined;
	}

	/**
	 * Queues a refusal: the status and its sentence.
	 * @param proper whether the request was read as one, so that another may follow on the connection
	 */
	refuse(status: number, proper: boolean, fields: readonly string[]): void {
		if (!proper) {
			this.last = true;
			this.bodiless = this.reader.request.method === "HEAD";
		}
		const block = this.#block;
		const start = this.#start();
		this.output.queue(block, start, writeRefusal(block, start, status, !this.last, !this.bodiless, fields));
	}

	/** Queues a head and, right behind it, the block's bytes bodyStart..bodyEnd. */
	#queue(status: number, fields: string[], bodyStart: number, bodyEnd: number): void {
		const block = this.#block;
		const start = this.#start();
		if (this.last) fields.push("Connection: close");
		const end = writeHead(block, start, status, fields);
		copy(block, end, block, bodyStart, bodyEnd);
		this.output.queue(block, start, end + bodyEnd - bodyStart);
	}

	/** Where the answer goes: behind what came after the request, or over it when there is no room, and then it is the last. */
	#start(): number {
		const { leftoverStart, leftoverEnd } = this.reader;
		if (leftoverStart === leftoverEnd) return 0;
		if (!this.last && this.#block.length - leftoverEnd >= ANSWER_ROOM) return leftoverEnd;
		this.last = true;
		return 0;
	}
}
