// biome-ignore-all lint/complexity/useMathMinMax: on XS a call costs ten times what a comparison does.
import { copy, unmask, utf8 } from "../bytes/bytes.js";
import { INVALID_PAYLOAD, PROTOCOL_ERROR } from "../core/close-codes.js";
import { closeCodeOf } from "./close-codes.js";
import {
	DATA,
	FAILED,
	MESSAGE,
	NONE,
	CLOSE as PEER_CLOSED,
	PING as PINGED,
	PONG as PONGED,
	TOO_BIG,
} from "./events.js";
import { CONTROL_LIMIT, extendedLength, FIN, isFirstByte, isSecondByte, LENGTH_BITS } from "./frame.js";
import { wholeMessage, writeHeader } from "./headers.js";
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT } from "./opcodes.js";
import { appendClose, appendFrame, makeOutput } from "./short-frames.js";

/** `Endpoint.state`: messages go both ways. */
export const OPEN = 0;
/** Our close frame went first: what the peer sends is thrown away until its own arrives. */
export const CLOSING = 1;
/** Nothing more is read; what is pending may still be written. */
export const CLOSED = 2;

// What the next bytes are. The two that go to the block come last.
const HEADER = 0;
const EXTENDED = 1;
const CONTROL = 2;
const PAYLOAD = 3;
const SKIPPED = 4;

/** The shortest header of a masked frame: what is read first. */
const HEADER_SIZE = 6;
/** That of a frame with a length of 16 bits: read in one go behind another of that kind, as uploads have them in a row. */
const LONG_HEADER = 8;
/**
 * No more bytes than these are read in one go with a header where nothing else is there: a question and the header before it, as a
 * rule. A second frame never fits in whole.
 */
const SHORT_FRAME = 11;

/**
 * A payload is read in pieces that end here, at the next multiple of this in the block or at the message's end: each of them when
 * all of it is there. Two make the largest message; and one has to be less than TCP's window, else it never came.
 */
const PIECE = 2048;

/** Bytes of the next piece, where `most` are still to come into the block from `place` on. */
function pieceAt(place: number, most: number): number {
	return place < PIECE && place + most > PIECE ? PIECE - place : most;
}

// Layout of the endpoint's own bytes: a frame header, the payload of a control frame, and one byte that trickles in.
const CONTROL_START = 14;
const ONE = CONTROL_START + CONTROL_LIMIT;

/**
 * The server's side of one WebSocket connection (RFC 6455), from the handshake on, without I/O: it says how many bytes
 * it wants and where they go, and reports what they were. Payloads land in the caller's block, unmasked in place. Made
 * once, used for one connection after another; between `open` and the end it allocates nothing but the view of a read that is
 * not like the one before.
 *
 * Fields that every frame needs come first, and privacy is TypeScript's alone: on XS a look-up walks the fields in turn.
 */
export class Endpoint {
	/** Bytes to be read next, at most; 0: nothing more is read. */
	wanted = 0;
	private step = HEADER;
	/** Payload bytes of this frame that are still to come. */
	private remaining = 0;
	/** Where in the block they go. */
	private place = 0;
	private size = 0;
	private phase = 0;
	private maskStart = 0;
	private block: Uint8Array;
	private buffer: ArrayBufferLike;
	private origin = 0;
	private readonly bytes = new Uint8Array(ONE + 1);
	/** Opcode of the message, TEXT or BINARY. */
	opcode = 0;
	/** Payload bytes of the message that its frames up to now have declared. */
	length = 0;
	/** At DATA: where the payload in the block ends. */
	end = 0;
	/** Whether the last message is complete. */
	final = true;
	/** Whether the message ends with this frame. */
	private last = true;
	/** Whether the rest of the message is thrown away. */
	discarded = false;
	/** OPEN, CLOSING or CLOSED. */
	state = CLOSED;
	private text = 0;
	private limit = 0;
	private readonly head: Uint8Array;
	private readonly tail: Uint8Array;
	/** The view of a header and what was last read in one go with it. */
	private wide: Uint8Array;
	private wideLength = 0;
	private readonly one: Uint8Array;
	/** The block's first piece, and the view of the last read that was another: uploads need both again and again. */
	private first: Uint8Array;
	private view: Uint8Array;
	private viewPlace = 0;
	private viewLength = 0;
	/** What is to be written. The caller reads nothing while anything is pending: so answers cannot pile up. */
	readonly output = makeOutput();
	/** Bytes that came with a header and do not belong to it: `absorb` takes them in. Only where a read was patient. */
	early = 0;
	/** Where in `bytes` they end. */
	private earlyEnd = 0;
	/** At CLOSE: the peer's code, 1005 for none. At FAILED: ours. */
	closeCode = 0;

	constructor() {
		this.block = this.bytes;
		this.buffer = this.bytes.buffer;
		this.head = new Uint8Array(this.buffer, 0, HEADER_SIZE);
		this.tail = new Uint8Array(this.buffer, HEADER_SIZE, 2);
		this.one = new Uint8Array(this.buffer, ONE, 1);
		this.first = this.view = this.wide = this.one;
	}

	/** Whether the peer has neither a message nor a frame under way. */
	get idle(): boolean {
		return this.final && this.step === HEADER && this.wanted === HEADER_SIZE;
	}

	/** The view to read into next, 1 to `wanted` bytes. @param available bytes that can be read, at least 1 */
	next(available: number): Uint8Array;
	/**
	 * The same, or undefined: then it would rather read nothing before `wanted` bytes can be read. Of a text it never would, which is
	 * to be refused at its first bad byte.
	 */
	next(available: number, patient: boolean): Uint8Array | undefined;
	next(available: number, patient?: boolean): Uint8Array | undefined {
		const wanted = this.wanted;
		const step = this.step;
		if (step >= PAYLOAD) {
			const place = this.place;
			let length = wanted;
			if (available < wanted) {
				if (patient === true && step === PAYLOAD && this.opcode === BINARY) return undefined;
				length = available;
			}
			if (length === PIECE && place === 0) return this.first;
			if (length === this.viewLength && place === this.viewPlace) return this.view;
			this.viewLength = length;
			this.viewPlace = place;
			this.view = new Uint8Array(this.buffer, this.origin + place, length);
			return this.view;
		}
		if (step === HEADER) {
			if (wanted !== HEADER_SIZE || available < HEADER_SIZE) return this.one;
			if (patient !== true) return this.head;
			let length = available;
			if (available > SHORT_FRAME) {
				if (this.maskStart !== 4) return this.head;
				length = LONG_HEADER;
			}
			if (length !== this.wideLength) {
				this.wideLength = length;
				this.wide = new Uint8Array(this.bytes.buffer, 0, length);
			}
			return this.wide;
		}
		if (step === EXTENDED) return wanted === 2 && available >= 2 && this.maskStart === 4 ? this.tail : this.one;
		const start = CONTROL_START + this.remaining - wanted;
		return this.bytes.subarray(start, start + (available < wanted ? available : wanted));
	}

	/** Takes note that the view that `next` gave is filled. @param n its length. @returns one of events.ts */
	received(n: number): number {
		const step = this.step;
		if (step === PAYLOAD) {
			const start = this.place;
			const end = start + n;
			this.phase = unmask(this.block, start, end, this.bytes, this.maskStart, this.phase);
			if (this.opcode === TEXT) {
				this.text = utf8(this.text, this.block, start, end);
				if (this.text < 0) return this.fail(INVALID_PAYLOAD);
			}
			const remaining = this.remaining - n;
			this.remaining = remaining;
			if (remaining === 0) {
				// The end of a binary message is what comes most: a call more a chunk would be felt.
				if (this.last && this.opcode === BINARY) {
					this.step = HEADER;
					this.wanted = HEADER_SIZE;
					this.final = true;
					this.end = end;
					return DATA;
				}
				this.place = end;
				const event = this.endOfFrame(NONE);
				return event;
			}
			const room = this.size - end;
			if (room === 0) return this.full();
			this.place = end;
			this.wanted = pieceAt(end, remaining < room ? remaining : room);
			return NONE;
		}
		if (step === HEADER) {
			if (n >= HEADER_SIZE && this.final) {
				// A whole binary message in one frame, whose header came at once, is the usual case and needs no closer look.
				const length = wholeMessage(this.bytes, n, this.block);
				if (length >= 0) {
					const maskStart = length < 126 ? 2 : 4;
					if (n === maskStart + 4) {
						this.maskStart = maskStart;
						const event = this.beginWhole(length);
						return event;
					}
					// The payload is in the block already.
					if (this.state === OPEN && length <= this.limit) {
						this.maskStart = maskStart;
						this.opcode = BINARY;
						this.discarded = false;
						this.length = length;
						this.end = length;
						return DATA;
					}
				}
			}
			if (n <= HEADER_SIZE) return this.receivedHeader(n);
			this.earlyEnd = n;
			this.early = n - HEADER_SIZE;
			const event = this.receivedHeader(HEADER_SIZE);
			return event === NONE ? this.absorb() : event;
		}
		if (step === EXTENDED) return this.receivedExtended(n);
		if (step === SKIPPED) {
			this.remaining -= n;
			if (this.remaining === 0) return this.endOfFrame(NONE);
			this.wanted = this.remaining < this.size ? this.remaining : this.size;
			return NONE;
		}
		return this.receivedControl(n);
	}

	/**
	 * Takes in bytes that came with a header too early, up to the next event. To be called as long as `early` is not 0, when the event
	 * before has been dealt with; at most one of these leads to an answer.
	 */
	absorb(): number {
		while (this.early > 0) {
			const view = this.next(this.early);
			const { length } = view;
			const start = this.earlyEnd - this.early;
			copy(view, 0, this.bytes, start, start + length);
			this.early -= length;
			const event = this.received(length);
			if (event !== NONE) return event;
		}
		return NONE;
	}

	/** The first bytes of a header, or all of a short one. */
	private receivedHeader(n: number): number {
		const bytes = this.bytes;
		const read = HEADER_SIZE - this.wanted + n;
		if (n === 1) bytes[read - 1] = this.one[0];
		if (!isFirstByte(bytes[0], !this.final)) return this.fail(PROTOCOL_ERROR);
		if (read > 1 && !isSecondByte(bytes[0], bytes[1])) return this.fail(PROTOCOL_ERROR);
		if (read < HEADER_SIZE) {
			this.wanted = HEADER_SIZE - read;
			return NONE;
		}
		const length = bytes[1] & LENGTH_BITS;
		if (length < 126) {
			this.maskStart = 2;
			return this.beginFrame(length);
		}
		this.step = EXTENDED;
		this.maskStart = length === 126 ? 4 : 10;
		this.wanted = length === 126 ? 2 : 8;
		return NONE;
	}

	/** The rest of a header with a length of 16 or 64 bits. */
	private receivedExtended(n: number): number {
		const bytes = this.bytes;
		const wanted = this.wanted - n;
		if (n === 1) bytes[this.maskStart + 4 - this.wanted] = this.one[0];
		if (wanted > 0) {
			this.wanted = wanted;
			return NONE;
		}
		const length = extendedLength(bytes, this.maskStart);
		if (length < 0) return this.fail(PROTOCOL_ERROR);
		return this.beginFrame(length);
	}

	/** The header of a whole binary message is complete: as `beginFrame`, in short. */
	private beginWhole(length: number): number {
		if (this.state !== OPEN || length === 0 || length > this.limit) return this.beginFrame(length);
		const piece = this.size < PIECE ? this.size : PIECE;
		this.opcode = BINARY;
		this.final = false;
		this.discarded = false;
		this.phase = 0;
		this.place = 0;
		this.length = length;
		this.remaining = length;
		this.last = true;
		this.step = PAYLOAD;
		this.wanted = length < piece ? length : piece;
		return NONE;
	}

	/** The header is complete. */
	private beginFrame(length: number): number {
		const opcode = this.bytes[0] & 0x0f;
		let result = NONE;
		this.phase = 0;
		this.remaining = length;
		if (opcode >= CLOSE) {
			this.step = CONTROL;
			this.wanted = length;
			return length === 0 ? this.endOfControl() : NONE;
		}
		if (opcode !== CONTINUATION) {
			// Of a whole binary message there is nothing to be said before its payload.
			if (this.bytes[0] !== (FIN | BINARY)) result = MESSAGE;
			this.opcode = opcode;
			this.length = 0;
			this.place = 0;
			this.final = false;
			this.text = 0;
			this.discarded = this.state !== OPEN;
		}
		this.last = this.bytes[0] >= FIN;
		const before = this.length;
		this.length = before + length;
		if (this.length > this.limit && before <= this.limit) {
			this.discarded = true;
			result = TOO_BIG;
		}
		if (this.discarded) {
			this.place = 0;
			if (this.state !== OPEN) result = NONE;
		}
		if (length === 0) return this.endOfFrame(result);
		const room = this.size - this.place;
		this.step = this.discarded ? SKIPPED : PAYLOAD;
		// A block that is full is handed over only when it is sure that more follows.
		if (room === 0) return this.full();
		this.wanted = pieceAt(this.place, length < room ? length : room);
		return result;
	}

	/** The block is full, and bytes of this frame are still to come. */
	private full(): number {
		this.end = this.size;
		this.place = 0;
		this.wanted = pieceAt(0, this.remaining < this.size ? this.remaining : this.size);
		return DATA;
	}

	/** @param result what to report when the message goes on */
	private endOfFrame(result: number): number {
		this.step = HEADER;
		this.wanted = HEADER_SIZE;
		if (!this.last) return result;
		this.final = true;
		if (this.discarded) {
			this.end = 0;
			return this.state === OPEN ? DATA : NONE;
		}
		if (this.opcode === TEXT && this.text !== 0) return this.fail(INVALID_PAYLOAD);
		this.end = this.place;
		return DATA;
	}

	private receivedControl(n: number): number {
		const start = CONTROL_START + this.remaining - this.wanted;
		this.phase = unmask(this.bytes, start, start + n, this.bytes, this.maskStart, this.phase);
		this.wanted -= n;
		return this.wanted === 0 ? this.endOfControl() : NONE;
	}

	private endOfControl(): number {
		const opcode = this.bytes[0] & 0x0f;
		const end = CONTROL_START + this.remaining;
		this.step = HEADER;
		this.wanted = HEADER_SIZE;
		if (opcode === PONG) return PONGED;
		if (opcode === PING) {
			this.sendSmall(PONG, this.bytes, CONTROL_START, end);
			return PINGED;
		}
		const code = closeCodeOf(this.bytes, CONTROL_START, end);
		if (code < 0) return this.fail(-code);
		this.closeCode = code;
		// The answer carries the code that came (RFC 6455, 5.5.1).
		this.close(code);
		return this.ended(PEER_CLOSED);
	}

	private fail(code: number): number {
		this.closeCode = code;
		this.close(code);
		return this.ended(FAILED);
	}

	private ended(result: number): number {
		this.state = CLOSED;
		this.wanted = 0;
		this.early = 0;
		return result;
	}

	/**
	 * Starts on a new connection, right after its handshake.
	 * @param block takes the payloads, from its start; not empty
	 * @param limit the most bytes that a message may have
	 */
	open(block: Uint8Array, limit: number): void {
		this.wanted = HEADER_SIZE;
		this.step = HEADER;
		this.block = block;
		this.buffer = block.buffer;
		this.origin = block.byteOffset;
		this.size = block.length;
		this.first = new Uint8Array(this.buffer, this.origin, this.size < PIECE ? this.size : PIECE);
		this.viewLength = 0;
		this.early = 0;
		this.maskStart = 2;
		this.final = true;
		this.discarded = false;
		this.state = OPEN;
		this.limit = limit;
		this.closeCode = 0;
		this.output.reset();
	}

	/**
	 * Throws the rest of the message away, over the block: it gives no DATA any more but the one at its end, with
	 * `discarded` set and nothing in the block. Without effect when the message is complete.
	 */
	discard(): void {
		if (this.final) return;
		this.discarded = true;
		this.place = 0;
		if (this.step !== PAYLOAD) return;
		this.step = SKIPPED;
		this.wanted = this.remaining < this.size ? this.remaining : this.size;
	}

	/**
	 * Queues a frame whose payload is buffer[start..end), without a copy: the bytes must stay until the output is
	 * written. The header is put before them: 2 bytes, 4 for a payload over 125 bytes, 10 over 65,535.
	 * @param opcode TEXT or BINARY, CONTINUATION for all frames of a message but its first
	 * @param final whether the message ends with it
	 * @returns false, and nothing is queued, while output is pending or after a close
	 * @throws RangeError when there is no room before `start`
	 */
	send(opcode: number, final: boolean, buffer: Uint8Array, start: number, end: number): boolean {
		const { output } = this;
		if (this.state !== OPEN || output.pending) return false;
		const at = writeHeader(buffer, start, opcode, final, end - start);
		output.queue(buffer, at, end);
		return true;
	}

	/**
	 * Queues a whole frame of at most 125 bytes, bytes[start..end), after what is pending; they are copied.
	 * @returns false, and nothing is queued, when there is no room or after a close
	 */
	sendSmall(opcode: number, bytes: Uint8Array, start: number, end: number): boolean {
		return this.state === OPEN && appendFrame(this.output, opcode, bytes, start, end);
	}

	/** Queues a ping without payload. @returns false when there is no room or after a close */
	ping(): boolean {
		return this.sendSmall(PING, this.bytes, 0, 0);
	}

	/**
	 * Queues a close frame, the last that is sent; what the peer sends is thrown away until its own arrives. Without
	 * effect after a close.
	 * @param code see core/close-codes.ts; 1005 sends none
	 * @param reason at most 123 bytes of UTF-8
	 * @throws RangeError for a longer reason
	 */
	close(code: number, reason = ""): void {
		if (this.state !== OPEN) return;
		appendClose(this.output, code, reason);
		this.state = CLOSING;
		this.discard();
	}
}
