import { crc32 } from "../../modules/bytes/bytes.js";
import { PUT_BEGIN, PUT_CHUNK, PUT_END, STATUS } from "../../modules/tlv/frame.js";
import { type Conversation, Ticket } from "./conversation.js";
import { ArgumentError } from "./errors.js";
import { beginValue, CHUNK, frame, readStatus, u32Value } from "./frames.js";
import type { Pieces } from "./source.js";
import type { TransferOptions } from "./types.js";

/** How often to ask how far the device is, in bytes sent. */
const ASK_EVERY = 4 * CHUNK;
/** So many bytes may be on their way to the flash: enough for 500 KB/s over 250 ms, and little to wait for after an abort. */
const AHEAD = 32 * CHUNK;
/** Bytes that the socket may hold back; a browser does not tell when it is empty, so that is looked at ... */
const BUFFERED = 65_536;
/** ... so often, ms. */
const LOOK = 5;
/** How long the device may take to forget an upload; then the connection is given up, which has it forgotten as well. ms */
const FORGETTING = 2000;

/** One upload over one connection. */
export class Uploading {
	readonly #ticket = new Ticket();
	#crc = 0;
	#sent = 0;
	/** Bytes on flash, as far as it is known. */
	#stored = 0;
	#askedAt = 0;
	/** The questions that are on their way; each is for what was sent before it. */
	readonly #questions: Promise<void>[] = [];
	/** Bytes of a piece that do not make a whole message yet. */
	readonly #rest = new Uint8Array(CHUNK);
	#restLength = 0;

	/** @param name the pattern's name as bytes */
	constructor(
		private readonly conversation: Conversation,
		private readonly name: Uint8Array,
		private readonly source: Pieces,
		private readonly options: TransferOptions,
	) {}

	/**
	 * Sends it all; done when the pattern is durable.
	 * @throws the signal's reason, when it was aborted before its last message was sent: the device has then forgotten it
	 */
	async run(): Promise<void> {
		const { signal } = this.options;
		const { size, whole, pieces } = this.source;
		signal?.throwIfAborted();
		const crc = whole && crc32(0, whole, 0, whole.length);
		const begin = beginValue(this.name, size, crc);
		await this.conversation.ask(frame(PUT_BEGIN, begin), "ok", { refusable: true, upload: this.#ticket });
		const abort = () => this.#ticket.fail(signal?.reason);
		signal?.addEventListener("abort", abort);
		try {
			if (signal?.aborted) abort();
			this.#report();
			await this.#takeAll(pieces[Symbol.asyncIterator]());
		} catch (error) {
			this.#ticket.fail(error);
			await this.#giveUp();
			throw this.#ticket.error;
		} finally {
			signal?.removeEventListener("abort", abort);
		}
		// All the rest of the way nothing has to be sent, and the last bytes can be waited for.
		const end = frame(PUT_END, u32Value(this.#crc));
		await this.conversation.ask(end, "ok", { refusable: true, upload: this.#ticket });
		this.#stored = this.#sent;
		this.#report();
	}

	/** Sends all but the end. @throws what ended the upload, or the source */
	async #takeAll(pieces: AsyncIterator<Uint8Array>): Promise<void> {
		let over = false;
		try {
			for (;;) {
				const { done, value } = await Promise.race([pieces.next(), this.#ticket.failed]);
				if (done) break;
				if (!(value instanceof Uint8Array)) throw new ArgumentError("a stream of a pattern gives Uint8Arrays");
				await this.#take(value);
			}
			over = true;
		} finally {
			// Not waited for: a source that stands still may never answer.
			if (!over) pieces.return?.()?.catch(() => {});
		}
		if (this.#restLength > 0) await this.#send(this.#rest.subarray(0, this.#restLength));
		if (this.#ticket.error !== undefined) throw this.#ticket.error;
	}

	/** Cuts a piece into messages. */
	async #take(piece: Uint8Array): Promise<void> {
		let at = 0;
		if (this.#restLength > 0) {
			at = Math.min(CHUNK - this.#restLength, piece.length);
			this.#rest.set(piece.subarray(0, at), this.#restLength);
			this.#restLength += at;
			if (this.#restLength < CHUNK) return;
			this.#restLength = 0;
			await this.#send(this.#rest);
		}
		for (; piece.length - at >= CHUNK; at += CHUNK) await this.#send(piece.subarray(at, at + CHUNK));
		this.#rest.set(piece.subarray(at));
		this.#restLength = piece.length - at;
	}

	async #send(bytes: Uint8Array): Promise<void> {
		const { conversation } = this;
		await this.#room();
		this.#crc = crc32(this.#crc, bytes, 0, bytes.length);
		conversation.tell(frame(PUT_CHUNK, bytes), this.#ticket);
		this.#sent += bytes.length;
		if (this.#sent - this.#askedAt < ASK_EVERY) return;
		this.#askedAt = this.#sent;
		const question = conversation.ask(frame(STATUS), "metrics").then((value) => this.#heard(value));
		// Who waits for it is told; nobody may be waiting.
		question.catch(() => {});
		this.#questions.push(question);
	}

	/** Waits until more may be sent. @throws what ended the upload */
	async #room(): Promise<void> {
		for (;;) {
			if (this.#ticket.error !== undefined) throw this.#ticket.error;
			if (this.#sent - this.#stored >= AHEAD && this.#questions.length > 0) await this.#questions.shift();
			else if (this.conversation.buffered > BUFFERED) await new Promise((resolve) => setTimeout(resolve, LOOK));
			else return;
		}
	}

	#heard(value: Uint8Array): void {
		// An upload that has failed has no bytes on flash.
		if (this.#ticket.error !== undefined) return;
		this.#stored = Math.max(this.#stored, readStatus(value).uploaded);
		// All of it is only told when it is durable.
		if (this.#stored !== this.source.size) this.#report();
	}

	#report(): void {
		this.options.onProgress?.({ done: this.#stored, total: this.source.size });
	}

	/**
	 * Has the device forget the upload, if it has not refused it: a PUT_END with a CRC-32 that is not the bytes' is always
	 * refused.
	 */
	async #giveUp(): Promise<void> {
		const { conversation } = this;
		if (!conversation.uploading) return;
		const end = frame(PUT_END, u32Value(~this.#crc >>> 0));
		const forgotten = conversation.ask(end, "ok", { refusable: true, upload: this.#ticket }).catch(() => {});
		const timer = setTimeout(() => void conversation.close(), FORGETTING);
		await forgotten;
		clearTimeout(timer);
	}
}
