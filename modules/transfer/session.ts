import { decodeLatin1, readU16, readU32 } from "../bytes/bytes.js";
import {
	NAME_INVALID,
	NO_UPLOAD,
	type Refusal,
	RefusedError,
	SHOW_INVALID,
	UNKNOWN_TYPE,
	UPLOAD_TIMEOUT,
	UPLOAD_TOO_SLOW,
	UPLOAD_UNDER_WAY,
	VALUE_NOT_EMPTY,
} from "../core/errors.js";
import { DEBUG, INFO, type Log } from "../core/log.js";
import type { LogReader } from "../core/log-reader.js";
import type { Lamp } from "../lamp/lamp.js";
import type { PatternStore } from "../storage/pattern-store.js";
import type { Upload } from "../storage/upload.js";
import {
	CONTROL,
	checkFrame,
	HEADER_SIZE,
	LIST,
	PUT_BEGIN,
	PUT_CHUNK,
	PUT_END,
	SHOW,
	writeError,
	writeHeader,
	writeStatusOk,
} from "../tlv/frame.js";
import { isName } from "../tlv/name.js";
import { parsePutBegin, parsePutEnd } from "../tlv/put.js";
import { takeCommand, type Watch } from "./commands.js";
import type { Counters } from "./counters.js";
import type { Metrics } from "./metrics.js";
import {
	ANSWER_LIST,
	ANSWER_STATUS,
	APPEND,
	actionFor,
	BEGIN,
	DROP,
	DROP_LAST,
	DROPPING,
	FINISH,
	IDLE,
	RECEIVING,
	REFUSE_BUSY,
	REFUSE_NO_UPLOAD,
	REMOVE,
	SHOW_LIVE,
	STORING,
	TAKE_COMMAND,
	VALIDATING,
} from "./state-table.js";

/** An upload of which no bytes have come for this long is given up, ms (docs/protocol.md, "Times"). */
export const UPLOAD_LIMIT = 5000;
/** So is one that takes longer than this, in ms, and a millisecond more for each byte: under 1,000 bytes a second. */
export const UPLOAD_TIME = 30_000;

/**
 * Where `receive` writes its answer in the message's own block: the message is used up by then, and the bytes in front
 * leave room for the WebSocket header.
 */
export const REPLY_START = 16;

/**
 * One client's side of the K1 protocol: messages in, answers out, no I/O. Made once at boot and reused for one client
 * after the other.
 */
export class Session implements Watch {
	/** IDLE, RECEIVING, VALIDATING, STORING or DROPPING. */
	state = IDLE;
	watchFps = 0;
	readonly lines: LogReader;
	/** Whether the client wants anything of that: asked at every turn. */
	told = false;
	readonly #upload: Upload;
	readonly #counters: Counters;
	/** When the upload began, and when bytes of it last came. */
	#began = 0;
	#lastBytes = 0;
	#address = "";

	constructor(
		private readonly store: PatternStore,
		private readonly metrics: Metrics,
		counters: Counters,
		private readonly log: Log,
		private readonly lamp: Lamp,
	) {
		this.#upload = store.writer();
		this.#counters = counters;
		this.lines = log.reader();
	}

	/** A client has come. @param address for the log */
	open(address: string): void {
		this.state = IDLE;
		this.watchFps = 0;
		this.told = false;
		this.#address = address;
	}

	/** The client is gone; an upload that it left goes with it. */
	close(): void {
		this.watchFps = 0;
		this.told = false;
		if (this.lines.level > 0) this.lines.ask(0);
		this.#giveUp(IDLE);
	}

	/**
	 * Takes the whole message in block[0..end) and writes the answer, a TLV frame, into the same block from REPLY_START.
	 * Returns the answer's end there, or 0 where there is none.
	 * @param now milliseconds since boot
	 */
	receive(block: Uint8Array, end: number, now: number): number {
		const counters = this.#counters;
		counters.frames++;
		counters.lastAsked = now;
		const head = readU32(block, 0);
		const type = end > 0 ? head >>> 24 : 0;
		try {
			// One that is as long as it says, as nearly all are, needs no closer look.
			if (((head >> 8) & 0xffff) !== end - HEADER_SIZE) {
				const problem = checkFrame(block, end);
				if (problem !== undefined) throw new RefusedError(problem);
			}
			const action = actionFor(this.state, type);
			if (action === APPEND) {
				this.#upload.append(block, HEADER_SIZE, end);
				// An empty chunk is nothing that could keep an upload alive.
				if (end > HEADER_SIZE) {
					counters.lastMoved = now;
					this.#lastBytes = now;
				}
				return 0;
			}
			return this.#act(action, block, end, now);
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			return this.refuse(type) ? this.writeError(block, REPLY_START, error.refusal) : 0;
		}
	}

	/**
	 * Gives up what the session does, because a message of `type` was refused (0: no message or not known). Returns whether
	 * an ERROR is to be sent: not for what is still on its way of an upload that has had its ERROR. A refused CONTROL or SHOW has
	 * nothing to do with an upload, and leaves it alone.
	 */
	refuse(type: number): boolean {
		if (type === CONTROL || type === SHOW) return true;
		const silent = this.state === DROPPING && (type === PUT_CHUNK || type === PUT_END);
		if (type === PUT_END) this.#giveUp(IDLE);
		else this.#giveUp(type === PUT_BEGIN || this.state !== IDLE ? DROPPING : IDLE);
		return !silent;
	}

	/** Writes the ERROR frame for `refusal` and counts it; returns its end. */
	writeError(target: Uint8Array, start: number, refusal: Refusal): number {
		this.#counters.errors++;
		if (this.log.tells(DEBUG)) this.log.debug(`${this.#address} was answered: ${refusal.reason}`);
		return writeError(target, start, refusal, 0);
	}

	/** The refusal of an upload whose bytes do not come or come too slowly, or nothing. To be asked at every tick. */
	overdue(now: number): Refusal | undefined {
		if (this.state !== RECEIVING) return undefined;
		if (now - this.#lastBytes >= UPLOAD_LIMIT) return UPLOAD_TIMEOUT;
		return now - this.#began >= UPLOAD_TIME + this.#upload.received ? UPLOAD_TOO_SLOW : undefined;
	}

	#act(action: number, block: Uint8Array, end: number, now: number): number {
		switch (action) {
			case ANSWER_STATUS: {
				if (end !== HEADER_SIZE) throw new RefusedError(VALUE_NOT_EMPTY);
				const { state } = this;
				const uploaded = state === RECEIVING ? this.#upload.received : 0;
				const statusEnd = this.metrics.write(block, REPLY_START, state === DROPPING ? IDLE : state, uploaded, now);
				return statusEnd;
			}
			case BEGIN:
				return this.#begin(block, end, now);
			case FINISH:
				return this.#finish(block, end, now);
			case REMOVE:
				if (!isName(block, HEADER_SIZE, end)) throw new RefusedError(NAME_INVALID);
				this.store.remove(block, HEADER_SIZE, end);
				this.lamp.removed(block, HEADER_SIZE, end, now);
				if (this.log.tells(INFO)) {
					this.log.infoSparingly(`${this.#address} deleted "${decodeLatin1(block, HEADER_SIZE, end)}"`);
				}
				return writeStatusOk(block, REPLY_START);
			case ANSWER_LIST: {
				if (end !== HEADER_SIZE) throw new RefusedError(VALUE_NOT_EMPTY);
				const listEnd = this.store.writeList(block, REPLY_START + HEADER_SIZE);
				writeHeader(block, REPLY_START, LIST, listEnd);
				return listEnd;
			}
			case TAKE_COMMAND: {
				const commandEnd = takeCommand(this.lamp, this, block, end, REPLY_START, now);
				this.told = this.watchFps > 0 || this.lines.level > 0;
				return commandEnd;
			}
			case SHOW_LIVE:
				if (end < HEADER_SIZE + 2) throw new RefusedError(SHOW_INVALID);
				this.lamp.show(readU16(block, HEADER_SIZE), block, HEADER_SIZE + 2, end, now);
				return 0;
			case DROP:
				return 0;
			case DROP_LAST:
				this.state = IDLE;
				return 0;
			case REFUSE_NO_UPLOAD:
				throw new RefusedError(NO_UPLOAD);
			case REFUSE_BUSY:
				throw new RefusedError(UPLOAD_UNDER_WAY);
			default:
				throw new RefusedError(UNKNOWN_TYPE);
		}
	}

	#begin(block: Uint8Array, end: number, now: number): number {
		const { nameEnd, size, crc } = parsePutBegin(block, end);
		this.#upload.begin(block, HEADER_SIZE, nameEnd, size, crc);
		this.#counters.uploads++;
		this.state = RECEIVING;
		this.#began = now;
		this.#lastBytes = now;
		return writeStatusOk(block, REPLY_START);
	}

	#finish(block: Uint8Array, end: number, now: number): number {
		const crc = parsePutEnd(block, end);
		this.state = VALIDATING;
		this.#upload.validate(crc);
		this.state = STORING;
		this.#upload.commit();
		const { name, nameLength, received } = this.#upload;
		if (this.log.tells(INFO)) {
			this.log.infoSparingly(`${this.#address} sent "${decodeLatin1(name, 0, nameLength)}", ${received} bytes`);
		}
		this.#counters.uploads--;
		this.state = IDLE;
		this.lamp.stored(name, 0, nameLength, now);
		return writeStatusOk(block, REPLY_START);
	}

	#giveUp(next: number): void {
		if (this.state !== IDLE && this.state !== DROPPING) {
			this.#upload.abort();
			this.#counters.uploads--;
		}
		this.state = next;
	}
}
