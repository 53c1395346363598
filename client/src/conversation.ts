/**
 * Who gets which answer. The protocol has no numbers for requests: a K1 answers in the order in which it was asked, some
 * messages not at all, and in between it says things that nobody asked for. So this keeps, for one connection, a row of
 * everything that was sent and is not settled, and knows of each entry how the device may answer it:
 *
 * - LIST, STATUS and the question for the state are never refused, so an ERROR that comes while one of them is first in the row
 *   is about something else: the upload that is under way.
 * - PUT_CHUNKs and SHOW have no answer unless they are refused. They count as taken when what was sent behind them is answered.
 * - An upload that fails has one ERROR, and what was sent of it after that, PUT_END too, is dropped by the device in silence.
 * - "upload timeout" can come at any moment of an upload.
 * - PLAYBACK is the answer to a question only when that question is first in the row. FRAME and LINE are never one.
 */

import { MAX_CLIENTS_REACHED } from "../../modules/core/errors.js";
import { checkFrame, ERROR, FRAME, HEADER_SIZE, LINE, LIST, PLAYBACK, STATUS } from "../../modules/tlv/frame.js";
import { ConnectionError, type DeviceError } from "./errors.js";
import { readError } from "./frames.js";
import type { Socket } from "./transport.js";

/** How an upload's reason starts when its bytes did not come in time (docs/protocol.md, "Times"). */
const UPLOAD_TIMEOUT = "upload timeout";
/** Code with which a connection ends by our own wish (RFC 6455, 7.4.1). */
const NORMAL = 1000;
/** How long the device has to close its side, ms. */
const CLOSING = 1000;

/** What may come back for an entry; `nothing`: it counts as done when what is behind it is answered. */
export type Answer = "ok" | "metrics" | "list" | "playback" | "nothing";

/** An upload, as long as the device may say something about it. */
export class Ticket {
	/** Why it will come to nothing. */
	error: unknown;
	/** Never fulfilled; rejected with `error`. */
	readonly failed: Promise<never>;
	#reject: (error: unknown) => void = ignore;

	constructor() {
		this.failed = new Promise((_, reject) => {
			this.#reject = reject;
		});
		// Nobody may be waiting for it.
		this.failed.catch(ignore);
	}

	fail(error: unknown): void {
		this.error ??= error;
		this.#reject(error);
	}
}

/** What is known of a message beforehand. */
interface Kind {
	/** The device may refuse it, and then says so instead of its answer. */
	readonly refusable?: boolean;
	/** The upload that it belongs to: it falls away when that fails. */
	readonly upload?: Ticket;
}

interface Entry extends Kind {
	readonly answer: Answer;
	readonly resolve: (value: Uint8Array) => void;
	readonly reject: (error: Error) => void;
}

export interface Hooks {
	/** The value of a FRAME. */
	frame(value: Uint8Array): void;
	/** The value of a LINE. */
	line(value: Uint8Array): void;
	/** The value of a PLAYBACK, whether it was asked for or not. */
	playback(value: Uint8Array): void;
	/** An ERROR that is about nothing that was asked. */
	refused(error: DeviceError): void;
	/** It is over; called once. */
	ended(error: ConnectionError): void;
}

/** One connection from its opening to its end. */
export class Conversation {
	/** Why it is over; undefined while it is not. */
	end: ConnectionError | undefined;
	readonly #row: Entry[] = [];
	/** The upload whose PUT_BEGIN was taken, and whose end is not known yet. */
	#upload: Ticket | undefined;
	/** The device has answered something. */
	#known = false;
	/** Ends the connection when the first in the row is not answered in time. */
	#watchdog: ReturnType<typeof setTimeout> | undefined;
	/** Asks something when it was quiet for long. */
	#keepAlive: ReturnType<typeof setTimeout> | undefined;
	#lastHeard = Date.now();
	/** The last refusal that was about nothing: the reason for a close that follows it. */
	#lastRefusal: DeviceError | undefined;
	readonly #closed: Promise<void>;

	/**
	 * @param socket one that is open
	 * @param timeout how long the first in the row may take, ms
	 * @param keepAlive after how much silence to ask whether anybody is there, ms; 0: never
	 */
	constructor(
		private readonly socket: Socket,
		private readonly timeout: number,
		private readonly keepAlive: number,
		private readonly hooks: Hooks,
	) {
		socket.onmessage = ({ data }) => {
			if (this.end === undefined && data instanceof ArrayBuffer) this.#receive(new Uint8Array(data));
		};
		socket.onerror = () => {};
		this.#closed = new Promise((resolve) => {
			socket.onclose = ({ code, reason }) => {
				this.#finish(this.#lossFor(code, reason));
				resolve();
			};
		});
		this.#guard();
	}

	/** Bytes that were handed over and are not on their way yet. */
	get buffered(): number {
		return this.socket.bufferedAmount;
	}

	/** There is an upload that the device has begun to take. */
	get uploading(): boolean {
		return this.#upload !== undefined;
	}

	/**
	 * Sends a message, and waits for its answer's value. The first one that is answered "ok" for an upload begins it, the second
	 * ends it.
	 * @throws DeviceError where it was refused, ConnectionError where there will be no answer
	 */
	ask(bytes: Uint8Array, answer: Answer, kind: Kind = {}): Promise<Uint8Array> {
		if (this.end !== undefined) return Promise.reject(this.end);
		return new Promise((resolve, reject) => this.#send(bytes, { ...kind, answer, resolve, reject }));
	}

	/** Sends a part of an upload, which has no answer. */
	tell(bytes: Uint8Array, upload: Ticket): void {
		if (this.end !== undefined) return;
		this.#send(bytes, { answer: "nothing", refusable: true, upload, resolve: ignore, reject: ignore });
	}

	#send(bytes: Uint8Array, entry: Entry): void {
		const alone = this.#awaited === undefined;
		this.#row.push(entry);
		this.socket.send(bytes);
		if (alone) this.#guard();
	}

	/** Says goodbye, and waits until the device has done so too, for a second at most. */
	async close(): Promise<void> {
		this.#finish(new ConnectionError("closed", "the connection was closed"));
		this.socket.close(NORMAL);
		let timer: ReturnType<typeof setTimeout> | undefined;
		const patience = new Promise<void>((resolve) => {
			timer = setTimeout(resolve, CLOSING);
		});
		await Promise.race([this.#closed, patience]);
		clearTimeout(timer);
		this.#drop();
	}

	#receive(message: Uint8Array): void {
		this.#lastHeard = Date.now();
		if (checkFrame(message, message.length) !== undefined) {
			this.#fail(new ConnectionError("refused", "what answers at this address is no K1: it sends no TLV frames"));
			return;
		}
		const value = message.subarray(HEADER_SIZE);
		switch (message[0]) {
			case FRAME:
				this.hooks.frame(value);
				break;
			case LINE:
				this.hooks.line(value);
				break;
			case PLAYBACK:
				this.hooks.playback(value);
				if (this.#awaited?.answer === "playback") this.#settle(value);
				break;
			case ERROR:
				this.#refuse(readError(value));
				break;
			case LIST:
				this.#answer("list", value);
				break;
			case STATUS:
				this.#answer(value.length === 1 ? "ok" : "metrics", value);
				break;
			default:
			// What a newer firmware has to say is not for this client.
		}
	}

	/** The first in the row that has an answer of its own. */
	get #awaited(): Entry | undefined {
		return this.#row.find(({ answer }) => answer !== "nothing");
	}

	#answer(answer: Answer, value: Uint8Array): void {
		if (this.#awaited?.answer === answer) this.#settle(value);
		else this.#fail(new ConnectionError("lost", "the device answered something that nobody asked"));
	}

	/** The first entry that waits has its answer; what was sent before it was taken. */
	#settle(value: Uint8Array): void {
		this.#known = true;
		for (;;) {
			const entry = this.#row.shift();
			if (entry === undefined) return;
			entry.resolve(value);
			if (entry.answer === "nothing") continue;
			// Now, and not when the one who asked has heard of it: the next message may be in the same packet.
			if (entry.upload !== undefined) this.#upload = this.#upload === undefined ? entry.upload : undefined;
			break;
		}
		this.#guard();
	}

	#refuse(error: DeviceError): void {
		if (!this.#known && error.code === MAX_CLIENTS_REACHED) {
			this.#fail(new ConnectionError("busy", busySentence(error.retryAfter), { retryAfter: error.retryAfter }));
			return;
		}
		this.#known = true;
		const first = this.#row[0];
		const upload = this.#upload;
		const late = upload !== undefined && error.reason.startsWith(UPLOAD_TIMEOUT);
		if (!late && first?.refusable === true && (upload === undefined || first.upload !== upload)) {
			this.#row.shift();
			first.reject(error);
			this.#guard();
		} else if (upload !== undefined) this.#refuseUpload(upload, error);
		else {
			this.#lastRefusal = error;
			this.hooks.refused(error);
		}
	}

	/** The upload has had its one ERROR: nothing of it that was sent is answered any more. */
	#refuseUpload(upload: Ticket, error: DeviceError): void {
		upload.fail(error);
		this.#upload = undefined;
		for (const entry of this.#row.splice(0)) {
			if (entry.upload === upload) entry.reject(error);
			else this.#row.push(entry);
		}
		this.#guard();
	}

	/** Starts the first one's time anew. */
	#guard(): void {
		clearTimeout(this.#watchdog);
		this.#watchdog = undefined;
		if (this.end !== undefined) return;
		if (this.#awaited !== undefined) {
			this.#watchdog = setTimeout(() => {
				this.#fail(new ConnectionError("timeout", `the device did not answer within ${this.timeout / 1000} s`));
			}, this.timeout);
		} else if (this.keepAlive > 0 && this.#keepAlive === undefined) this.#rest(this.keepAlive);
	}

	/** Looks after a while whether anything was heard, and asks if not. */
	#rest(time: number): void {
		this.#keepAlive = setTimeout(() => {
			this.#keepAlive = undefined;
			const quiet = Date.now() - this.#lastHeard;
			if (quiet < this.keepAlive) this.#rest(this.keepAlive - quiet);
			else if (this.#row.length === 0) this.ask(Uint8Array.of(STATUS, 0, 0), "metrics").catch(() => {});
		}, time);
	}

	#lossFor(code: number, reason: string): ConnectionError {
		const why = this.#lastRefusal?.reason ?? reason;
		return new ConnectionError("lost", `the connection was lost${why ? `: ${why}` : ` (${code})`}`);
	}

	#fail(error: ConnectionError): void {
		this.#finish(error);
		this.#drop();
	}

	/** Ends the connection without a word. */
	#drop(): void {
		const { socket } = this;
		socket.onmessage = null;
		if (socket.terminate !== undefined) socket.terminate();
		else socket.close();
	}

	#finish(error: ConnectionError): void {
		if (this.end !== undefined) return;
		this.end = error;
		clearTimeout(this.#watchdog);
		clearTimeout(this.#keepAlive);
		this.#upload?.fail(error);
		this.#upload = undefined;
		for (const { reject } of this.#row.splice(0)) reject(error);
		this.hooks.ended(error);
	}
}

function busySentence(retryAfter: number): string {
	const when = retryAfter > 0 ? `; there may be a place in ${Math.ceil(retryAfter / 1000)} s` : "";
	return `two other clients are connected to the device, which has room for no more${when}`;
}

function ignore(): void {}
