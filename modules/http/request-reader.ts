import { copy, find } from "../bytes/bytes.js";
import { Request } from "./request.js";
import { parseHead } from "./request-head.js";
import { BAD_REQUEST, CONTENT_TOO_LARGE, FIELDS_TOO_LARGE, URI_TOO_LONG } from "./statuses.js";
import { isTokenByte } from "./tokens.js";

/** Results of `RequestReader.received`. */
export const MORE = 0;
/** `request` is complete, its body included. */
export const COMPLETE = 1;
/** The request is refused with `status`; nothing more is read. */
export const REFUSED = -1;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const DELETE = 0x7f;

/** Header fields that a request may have. */
const FIELD_LIMIT = 64;

/**
 * Reads one request (RFC 9112) after the other, without I/O, into a block that bounds it: 4,096 bytes for the head and,
 * where bodies are taken, the body. Made once, used for one connection after another.
 */
export class RequestReader {
	/** Bytes to be read next, at most; 0: the request is complete or refused. */
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
	private fields = 0;

	/** @param bodies whether a request may have a body; it must fit the block behind its head */
	constructor(private readonly bodies = false) {}

	/** Starts on the first request of a connection. */
	open(block: Uint8Array): void {
		this.block = block;
		this.end = 0;
		this.begin();
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

	/** Whether any byte of the request is here. */
	get begun(): boolean {
		return this.end > 0;
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

	/** Takes note of n bytes in the view that `next` gave. @returns MORE, COMPLETE or REFUSED */
	received(n: number): number {
		const { block } = this;
		const end = this.end + n;
		this.end = end;
		if (this.bodyStart > 0) return this.receivedBody();
		// Something else than HTTP, a TLS handshake say, is told so by its first byte.
		if (this.scanned === 0 && !isTokenByte(block[0])) return this.refuse(BAD_REQUEST);
		for (;;) {
			const lf = find(block, LF, this.scanned, end);
			if (lf < 0) break;
			if (lf === 0 || block[lf - 1] !== CR) return this.refuse(BAD_REQUEST);
			this.scanned = lf + 1;
			if (lf - this.lineStart === 1) return this.completeHead();
			this.lineStart = lf + 1;
			if (this.fields++ > FIELD_LIMIT) return this.refuse(FIELDS_TOO_LARGE);
		}
		this.scanned = end;
		this.wanted = block.length - end;
		if (this.wanted > 0) return MORE;
		return this.refuse(this.lineStart === 0 ? URI_TOO_LONG : FIELDS_TOO_LARGE);
	}

	private begin(): void {
		this.wanted = this.block.length - this.end;
		this.status = 0;
		this.request.reset();
		this.bodyStart = this.bodyEnd = 0;
		this.leftoverStart = this.leftoverEnd = 0;
		this.scanned = this.lineStart = this.fields = 0;
	}

	private completeHead(): number {
		const { block, scanned, request } = this;
		if (hasControls(block, scanned)) return this.refuse(BAD_REQUEST);
		const status = parseHead(block, scanned, request);
		if (status !== 0) return this.refuse(status);
		if (request.bodyLength > 0) {
			if (!this.bodies) return this.refuse(BAD_REQUEST);
			if (request.bodyLength > block.length - scanned) return this.refuse(CONTENT_TOO_LARGE);
		}
		this.bodyStart = scanned;
		this.bodyEnd = scanned + request.bodyLength;
		return this.receivedBody();
	}

	private receivedBody(): number {
		const missing = this.bodyEnd - this.end;
		this.wanted = Math.max(missing, 0);
		if (missing > 0) return MORE;
		this.leftoverStart = this.bodyEnd;
		this.leftoverEnd = this.end;
		return COMPLETE;
	}

	private refuse(status: number): number {
		this.status = status;
		this.wanted = 0;
		return REFUSED;
	}
}

/** Whether block[0..end) has control characters other than tabs and the CR in front of an LF. */
function hasControls(block: Uint8Array, end: number): boolean {
	// One native search a value: 4,096 bytes are looked at faster so than a loop here looks at a hundred.
	for (let value = 0; value < 0x20; value++) {
		if (value !== TAB && value !== LF && value !== CR && find(block, value, 0, end) >= 0) return true;
	}
	if (find(block, DELETE, 0, end) >= 0) return true;
	for (let cr = find(block, CR, 0, end); cr >= 0; cr = find(block, CR, cr + 1, end)) {
		if (block[cr + 1] !== LF) return true;
	}
	return false;
}
