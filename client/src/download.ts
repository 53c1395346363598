import { crc32 } from "../../modules/bytes/bytes.js";
import { NOT_STORED } from "../../modules/core/errors.js";
import type { Address } from "./address.js";
import { ConnectionError, DeviceError } from "./errors.js";
import { hex32 } from "./frames.js";
import type { DownloadOptions } from "./types.js";

/** How long to wait after an answer that says that the device is busy, ms. */
const PAUSE = 1000;
/** The start of a pattern's entity tag: its CRC-32 (docs/protocol.md, "Downloads"). */
const ETAG = /^"([0-9a-f]{8})-/;

/** A time-out that starts anew with everything that comes. */
class Patience {
	readonly controller = new AbortController();
	over = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly time: number) {
		this.renew();
	}

	renew(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.over = true;
			this.controller.abort();
		}, this.time);
	}

	end(): void {
		clearTimeout(this.#timer);
	}
}

/**
 * Fetches a pattern, and compares it with its CRC-32.
 * @param timeout ms in which something has to come
 */
export async function download(
	address: Address,
	name: string,
	timeout: number,
	{ onProgress, signal, crc32: known }: DownloadOptions,
): Promise<Uint8Array> {
	signal?.throwIfAborted();
	const patience = new Patience(timeout);
	const abort = () => patience.controller.abort();
	signal?.addEventListener("abort", abort);
	try {
		let response = await ask(address, name, patience, timeout, known);
		// What was kept under this mark is another content: the pattern was replaced before it was fetched.
		if (known !== undefined && crcOf(response) !== known) {
			await response.body?.cancel();
			response = await ask(address, name, patience, timeout);
		}
		return await read(response, patience, onProgress);
	} catch (error) {
		if (error instanceof ConnectionError || error instanceof DeviceError) throw error;
		signal?.throwIfAborted();
		const { host } = new URL(address.base);
		if (patience.over) throw new ConnectionError("timeout", `${host} did not answer within ${timeout / 1000} s`);
		throw new ConnectionError("lost", `the download from ${host} broke off (${causeOf(error)})`);
	} finally {
		patience.end();
		signal?.removeEventListener("abort", abort);
	}
}

/** The answer, once it is one with the pattern in it. */
async function ask(
	{ base, token }: Address,
	name: string,
	patience: Patience,
	timeout: number,
	known?: string,
): Promise<Response> {
	const headers: Record<string, string> = token === "" ? {} : { Authorization: `Bearer ${token}` };
	// An address with its content's mark never has another content, so that what is kept of it needs no question.
	const mark = known === undefined ? "" : `?crc32=${known}`;
	const url = `${base}patterns/${encodeURIComponent(name)}${mark}`;
	const cache = known === undefined ? "no-cache" : "force-cache";
	const deadline = Date.now() + timeout;
	for (;;) {
		const response = await fetch(url, { headers, cache, signal: patience.controller.signal } as RequestInit);
		if (response.ok) return response;
		const sentence = (await response.text()).trim();
		const { status } = response;
		if (status === 404) throw new DeviceError(NOT_STORED.code, NOT_STORED.reason);
		if (status === 401 || status === 403 || status === 421 || status === 429) {
			throw new ConnectionError("denied", sentence, { status });
		}
		if (status !== 503 || Date.now() + PAUSE > deadline) throw new DeviceError(0, sentence || `HTTP status ${status}`);
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
	}
}

async function read(
	response: Response,
	patience: Patience,
	onProgress: DownloadOptions["onProgress"],
): Promise<Uint8Array> {
	const total = Number(response.headers.get("Content-Length"));
	const bytes = new Uint8Array(total);
	let done = 0;
	onProgress?.({ done, total });
	const reader = response.body?.getReader();
	for (;;) {
		const piece = await reader?.read();
		if (piece?.value === undefined) break;
		bytes.set(piece.value, done);
		done += piece.value.length;
		patience.renew();
		onProgress?.({ done, total });
	}
	const expected = crcOf(response);
	if (done !== total || (expected !== undefined && hex32(crc32(0, bytes, 0, done)) !== expected)) {
		throw new ConnectionError("lost", "the pattern was damaged on the way; fetch it again");
	}
	return bytes;
}

/** The CRC-32 that an answer's entity tag tells. */
function crcOf(response: Response): string | undefined {
	return ETAG.exec(response.headers.get("ETag") ?? "")?.[1];
}

function causeOf(error: unknown): string {
	const { cause } = error as { cause?: { code?: string } };
	return cause?.code ?? String(error);
}
