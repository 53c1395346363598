import { STATUS } from "../../modules/tlv/frame.js";
import type { Address } from "./address.js";
import { Conversation, type Hooks } from "./conversation.js";
import { ConnectionError } from "./errors.js";
import { frame } from "./frames.js";
import type { Platform, Socket } from "./transport.js";

/** How long things may take, ms. */
export interface Times {
	/** An answer, and the opening of a connection. */
	readonly timeout: number;
	/** Silence before somebody asks whether the device is there; 0: never. */
	readonly keepAlive: number;
}

/** The end of what the package `ws` says of a handshake that was refused. */
const REFUSED_WITH = /server response: (\d{3})/;

/** What a status means for who connects; the device's own sentences are not told to a WebSocket. */
const DENIALS: Readonly<Record<number, string>> = Object.freeze({
	401: "the device wants a token, or this one is wrong",
	403: "the device does not let web pages of this origin in",
	421: "the device does not know itself by this name; take its IP address, or prism-k1.local",
	429: "too many wrong tokens; wait a moment",
});
/** What asking anybody anything else than the K1's protocol at `/ws` gets. */
const NO_K1 = Object.freeze([200, 301, 302, 400, 404, 405, 426, 501]) as readonly number[];

/**
 * Opens a connection, and sees that it is a K1 that has a place for us: it answers a question.
 * @param signals each of them ends it
 * @throws ConnectionError where it is none, or has none, or does not answer in time
 */
export async function openConversation(
	platform: Platform,
	address: Address,
	times: Times,
	hooks: Hooks,
	signals: readonly AbortSignal[],
): Promise<Conversation> {
	let abort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		abort = () => reject(signals.find((signal) => signal.aborted)?.reason);
	});
	// Nobody may be waiting for it any more.
	aborted.catch(() => {});
	for (const signal of signals) {
		signal.throwIfAborted();
		signal.addEventListener("abort", abort);
	}
	let conversation: Conversation | undefined;
	let socket: Socket | undefined;
	try {
		socket = platform.open(address);
		await Promise.race([
			opened(socket, address, times.timeout, (open) => {
				conversation = new Conversation(open, times.timeout, times.keepAlive, hooks);
				return conversation.ask(frame(STATUS), "metrics");
			}),
			aborted,
		]);
		return conversation!;
	} catch (error) {
		if (conversation !== undefined) await conversation.close();
		else if (socket !== undefined) drop(socket);
		throw error;
	} finally {
		for (const signal of signals) signal.removeEventListener("abort", abort);
	}
}

/**
 * Waits until a socket is open.
 * @param begin begins the conversation, in the same turn: what a device that has no place says comes along with the opening.
 * What it returns is waited for
 */
function opened(
	socket: Socket,
	address: Address,
	timeout: number,
	begin: (socket: Socket) => Promise<unknown>,
): Promise<unknown> {
	socket.binaryType = "arraybuffer";
	const { host } = new URL(address.socket);
	return new Promise((resolve, reject) => {
		let message = "";
		const timer = setTimeout(() => {
			reject(new ConnectionError("timeout", `${host} did not answer within ${timeout / 1000} s`));
		}, timeout);
		const fail = () => {
			clearTimeout(timer);
			reject(openingError(host, message));
		};
		socket.onopen = () => {
			clearTimeout(timer);
			resolve(begin(socket));
		};
		socket.onerror = (event) => {
			message = event.message ?? "";
			fail();
		};
		socket.onclose = fail;
	});
}

function openingError(host: string, message: string): ConnectionError {
	const status = Number(REFUSED_WITH.exec(message)?.[1] ?? 0);
	if (DENIALS[status] !== undefined) return new ConnectionError("denied", `${host}: ${DENIALS[status]}`, { status });
	if (NO_K1.includes(status)) return new ConnectionError("refused", `what answers at ${host} is no K1`, { status });
	if (status !== 0) {
		return new ConnectionError("refused", `${host} answered with ${status}; try again in a moment`, { status });
	}
	return new ConnectionError("refused", `nothing answers at ${host}${message === "" ? "" : ` (${message})`}`);
}

function drop(socket: Socket): void {
	socket.onopen = null;
	socket.onmessage = null;
	socket.onclose = null;
	// A connection that is given up before it is open says so; nobody wants to know.
	socket.onerror = () => {};
	if (socket.terminate !== undefined) socket.terminate();
	else socket.close();
}
