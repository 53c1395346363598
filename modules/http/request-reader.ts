import { allOf, copy, decodeLatin1, find } from "../bytes/bytes.js";
import { TOKEN } from "./characters.js";
import { hasMember } from "./field-values.js";
import { Request } from "./request.js";
import { finishHead, parseField, parseRequestLine } from "./request-head.js";
import { BAD_REQUEST, CONTENT_TOO_LARGE, FIELDS_TOO_LARGE, URI_TOO_LONG } from "./statuses.js";

/** Results of `RequestReader.received`. */
export const MORE = 0;
/** `request` is complete, its body included. */
export const COMPLETE = 1;
/** There are more lines here than are looked at at a time: `resume` goes on, when others have had their turn. */
export const PAUSED = 2;
/** The head is complete, and its sender waits to be told to send the body (RFC 9110, 10.1.1): `block` is free in front of it. */
export const EXPECTS = 3;
/** The request is refused with `status`; nothing more is read. */
export const REFUSED = -1;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HEAD = "HEAD";
/** Lines that are looked at at a time. */
const LINES = 12;

/** Header fields that a request may have. */
const FIELD_LIMIT = 64;

/**
 * Reads one request (RFC 9112) after the other, without I/O, into a block that bounds it: 4,096 bytes for the head and,
 * where bodies are taken, the body. Made once, used for one connection after another.
 */
export class RequestReader {
	/** Bytes to be read next, at most; 0: the request is complete or refused, or the reader pauses. */
	wanted = 0;
	/** When refused: the status to answer. */
	status = 0;
	/** When complete: the request. */
	readonly request = new Request();
	/** When complete: the body is block[bodyStart..bodyEnd). */
	bodyStart = 0;
	bodyEnd = 0;
	/** When complete: bytes that came after the request are block[leftoverStart..leftoverEnd). */
	leftoverStart = 0;
	leftoverEnd = 0;
	private block: Uint8Array = new Uint8Array(0);
	/** Bytes that are there. */
	private end = 0;
	/** Bytes that were looked at for line ends. */
	private scanned = 0;
	private lineStart = 0;
	/** Lines up to now, empty ones in front of the request line too. */
	private lines = 0;

	/** @param bodies whether a request may have a body; it must fit the block behind its head */
	constructor(private readonly bodies = false) {}

	/** Starts on the first request of a connection. */
	open(block: Uint8Array): void {
		this.block = block;
		if (this.end > 0) this.close();
		this.wanted = block.length;
	}

	/**
	 * Starts on the next request of the same connection, with the bytes that came after the last one.
	 * @returns what `received` would of those bytes
	 */
	again(): number {
		copy(this.block, 0, this.block, this.leftoverStart, this.leftoverEnd);
		this.end = this.leftoverEnd - this.leftoverStart;
		this.begin();
		return this.end > 0 ? this.received(0) : MORE;
	}

	/** Forgets the request, and the memory that its texts took. */
	close(): void {
		this.end = 0;
		this.begin();
		this.wanted = 0;
	}

	/** The view to read into next. @param available bytes that can be read, at least 1 */
	next(available: number): Uint8Array {
		return this.block.subarray(this.end, this.end + Math.min(available, this.wanted));
	}

	/** Takes note of n bytes in the view that `next` gave. @returns MORE, COMPLETE, PAUSED, EXPECTS or REFUSED */
	received(n: number): number {
		this.end += n;
		return this.bodyStart > 0 ? this.receivedBody() : this.resume();
	}

	/** Goes on after PAUSED. @returns what `received` does */
	resume(): number {
		const { block, end, request } = this;
		let begun = request.method !== "";
		for (let left = LINES; ; left--) {
			const { lineStart } = this;
			// Something else than HTTP, a TLS handshake say, is told so by its first byte.
			if (!begun && lineStart < end && !mayBegin(block, lineStart)) return this.refuse(BAD_REQUEST);
			const lf = find(block, LF, this.scanned, end);
			if (lf < 0) break;
			if (left === 0) {
				this.wanted = 0;
				return PAUSED;
			}
			const lineEnd = lf - 1;
			if (lineEnd < lineStart || block[lineEnd] !== CR) return this.refuse(BAD_REQUEST);
			this.scanned = this.lineStart = lf + 1;
			if (begun && lineEnd === lineStart) return this.completeHead();
			if (this.lines++ > FIELD_LIMIT) return this.refuse(FIELDS_TOO_LARGE);
			// Empty lines in front of the request line are skipped (RFC 9112, 2.2).
			if (lineEnd === lineStart) continue;
			const status = begun
				? parseField(block, lineStart, lineEnd, request)
				: parseRequestLine(block, lineStart, lineEnd, request);
			if (status !== 0) return this.refuse(status);
			begun = true;
		}
		this.scanned = end;
		this.wanted = block.length - end;
		if (this.wanted > 0) return MORE;
		return this.refuse(begun ? FIELDS_TOO_LARGE : URI_TOO_LONG);
	}

	private begin(): void {
		this.wanted = this.block.length - this.end;
		this.status = 0;
		this.request.reset();
		this.bodyStart = this.bodyEnd = 0;
		this.leftoverStart = this.leftoverEnd = 0;
		this.scanned = this.lineStart = this.lines = 0;
	}

	private completeHead(): number {
		const { block, scanned, request } = this;
		const status = finishHead(request);
		if (status !== 0) return this.refuse(status);
		if (request.bodyLength > 0) {
			if (!this.bodies) return this.refuse(BAD_REQUEST);
			if (request.bodyLength > block.length - scanned) return this.refuse(CONTENT_TOO_LARGE);
		}
		this.bodyStart = scanned;
		this.bodyEnd = scanned + request.bodyLength;
		const event = this.receivedBody();
		const expects = event === MORE && this.end === scanned && request.minor > 0;
		return expects && hasMember(request.expect, "100-continue", true) ? EXPECTS : event;
	}

	private receivedBody(): number {
		const missing = this.bodyEnd - this.end;
		this.wanted = Math.max(missing, 0);
		if (missing > 0) return MORE;
		this.leftoverStart = this.bodyEnd;
		this.leftoverEnd = this.end;
		return COMPLETE;
	}

	/** Ends the reading with a status to refuse the request with. @returns REFUSED */
	refuse(status: number): number {
		// The answer to HEAD has no body, also where its line does not end.
		const { block, lineStart, request } = this;
		if (request.method === "" && find(block, SPACE, lineStart, this.end) === lineStart + HEAD.length) {
			if (decodeLatin1(block, lineStart, lineStart + HEAD.length) === HEAD) request.method = HEAD;
		}
		this.status = status;
		this.wanted = 0;
		return REFUSED;
	}
}

/** Whether a request line, or an empty line in front of it, may begin with this byte. */
function mayBegin(block: Uint8Array, at: number): boolean {
	return block[at] === CR || allOf(TOKEN, block, at, at + 1);
}
