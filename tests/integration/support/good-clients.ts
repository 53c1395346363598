import { get } from "node:http";
import { STATUS } from "../../../modules/tlv/frame.js";
import { deepEqual, ok } from "../../support/assert.js";
import { K1Client } from "./k1-client.js";
import type { Simulator } from "./simulator.js";

/** The latest that a good client may be answered while somebody misbehaves, ms. */
const LATEST = 1000;
/**
 * The same for a newcomer who asks for a page or a pattern on a connection of its own, ms: where others hold all places for requests,
 * it waits until one of them has had the time that a request head has.
 */
const NEWCOMER_LATEST = 5500;
const UPLOAD = 20_000;

/** The longest that each kind of answer took, ms, and how many connections were given up so that the request was sent again. */
export interface Worst {
	upload: number;
	status: number;
	download: number;
	page: number;
	again: number;
}

/** The field that shows a token, if there is one. */
export function bearer(token: string | undefined): Record<string, string> {
	return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** An answer over HTTP, on a connection of its own: one that is kept may give way to a newcomer. */
export function fetchOnce(port: number, path: string, headers = {}): Promise<{ status: number; body: Buffer }> {
	return new Promise((resolve, reject) => {
		const asked = get({ port, path, headers, agent: false }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on("data", (chunk) => chunks.push(chunk));
			answer.on("error", reject);
			answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
		});
		asked.on("error", reject);
	});
}

/** As a browser does, asks again where the connection is lost before the answer; `onLost` is called each time. */
export async function fetchAgain(
	port: number,
	path: string,
	headers = {},
	onLost = () => {},
): Promise<{ status: number; body: Buffer }> {
	for (;;) {
		try {
			return await fetchOnce(port, path, headers);
		} catch {
			onLost();
		}
	}
}

/**
 * People who use a K1 as they should, two at a time, and expect to be served whatever others do: each uploads and asks again and
 * again. Where another needs one of the two clients' places, the second of them downloads.
 */
export class GoodClients {
	readonly worst: Worst = { upload: 0, status: 0, download: 0, page: 0, again: 0 };
	#clients: K1Client[] = [];
	#seed = 0;

	constructor(
		private readonly simulator: Simulator,
		private readonly options: { uploaders: number; token?: string },
	) {}

	async connect(): Promise<void> {
		const headers = bearer(this.options.token);
		for (let i = 0; i < this.options.uploaders; i++) {
			this.#clients.push(await K1Client.connect(this.simulator.url, { headers }));
		}
	}

	/** Works for so many rounds, and for so long at the least. @throws Error when an answer is wrong or too late */
	async work(rounds: number, least = 400): Promise<void> {
		const until = Date.now() + least;
		const all = this.#clients.map((client, i) => this.#upload(client, `good ${i}`, rounds, until));
		await Promise.all([...all, this.#visit(rounds, until)]);
	}

	async close(): Promise<void> {
		for (const client of this.#clients.splice(0)) await client.close();
	}

	async #measured<T>(kind: Exclude<keyof Worst, "again">, work: Promise<T>, latest = LATEST): Promise<T> {
		const started = performance.now();
		const result = await work;
		const took = performance.now() - started;
		if (took > this.worst[kind]) this.worst[kind] = took;
		ok(took < latest, `${kind} took ${took.toFixed(0)} ms`);
		return result;
	}

	async #upload(client: K1Client, name: string, rounds: number, until: number): Promise<void> {
		for (let round = 0; round < rounds || Date.now() < until; round++) {
			await this.#measured("upload", client.put(name, Buffer.alloc(UPLOAD, ++this.#seed)));
			const { type } = await this.#measured("status", client.ask(STATUS));
			ok(type === STATUS);
		}
	}

	#fetch(path: string): Promise<{ status: number; body: Buffer }> {
		return fetchAgain(this.simulator.port, path, bearer(this.options.token), () => {
			this.worst.again++;
		});
	}

	/** Newcomers: a page, and a download where there is nobody but one uploader. */
	async #visit(rounds: number, until: number): Promise<void> {
		const { uploaders } = this.options;
		for (let round = 0; round < rounds || Date.now() < until; round++) {
			const page = await this.#measured("page", this.#fetch("/"), NEWCOMER_LATEST);
			// A K1 whose places are all taken says so at once.
			ok(page.status === 200 || page.status === 503, `page ${page.status}`);
			if (uploaders > 1) continue;
			const { status, body } = await this.#measured("download", this.#fetch("/patterns/still"), NEWCOMER_LATEST);
			if (status !== 503) deepEqual({ status, right: body.every((byte) => byte === 7) }, { status: 200, right: true });
		}
	}
}
