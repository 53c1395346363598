import { get } from "node:http";
import { STATUS } from "../../../modules/tlv/frame.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { K1Client } from "./k1-client.js";
import type { Simulator } from "./simulator.js";

/** The latest that a good client or newcomer may be answered while somebody misbehaves, ms; of a download, its first bytes. */
const LATEST = 1000;
const UPLOAD = 20_000;

/** The longest that each kind of answer took, ms, and how many connections were given up so that the request was sent again. */
export interface Worst {
	upload: number;
	status: number;
	handshake: number;
	page: number;
	download: number;
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

/** How long it is worth while to ask again, ms. */
const PATIENCE = 10_000;

/** As a browser does, asks again where the connection is lost before the answer; `onLost` is called each time. */
async function again<T>(ask: () => Promise<T>, onLost = () => {}): Promise<T> {
	const deadline = Date.now() + PATIENCE;
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			onLost();
		}
	}
}

export function fetchAgain(port: number, path: string, headers = {}): Promise<{ status: number; body: Buffer }> {
	return again(() => fetchOnce(port, path, headers));
}

/** Asks for a pattern that is long, and goes as soon as its first bytes are there; resolves to the status. */
function firstBytes(port: number, path: string, headers: Record<string, string>): Promise<number> {
	return new Promise((resolve, reject) => {
		const asked = get({ port, path, headers, agent: false }, (answer) => {
			answer.once("data", () => {
				resolve(answer.statusCode ?? 0);
				asked.destroy();
			});
			answer.once("end", () => resolve(answer.statusCode ?? 0));
		});
		asked.on("error", reject);
	});
}

export interface GoodOptions {
	/** Clients that upload: one where another wants the second place. */
	readonly uploaders: number;
	readonly token?: string;
	/** The last of them leaves now and then and comes back: nobody else wants its place. */
	readonly comesBack?: boolean;
}

/**
 * People who use a K1 as they should and expect to be served whatever others do: the clients upload and ask again and again, and
 * a newcomer comes for a page and for patterns, each on a connection of its own.
 */
export class GoodClients {
	readonly worst: Worst = { upload: 0, status: 0, handshake: 0, page: 0, download: 0, again: 0 };
	#clients: K1Client[] = [];
	#seed = 0;

	constructor(
		private readonly simulator: Simulator,
		private readonly options: GoodOptions,
	) {}

	async connect(): Promise<void> {
		for (let i = 0; i < this.options.uploaders; i++) this.#clients.push(await this.#connect());
	}

	/** Works for so many rounds, and for so long at the least. @throws Error when an answer is wrong or too late */
	async work(rounds: number, least = 400): Promise<void> {
		const until = Date.now() + least;
		const all = this.#clients.map((_, i) => this.#upload(i, rounds, until));
		// None is left at work when another has failed.
		const ended = await Promise.allSettled([...all, this.#visit(rounds, until)]);
		for (const end of ended) if (end.status === "rejected") throw end.reason;
	}

	async close(): Promise<void> {
		for (const client of this.#clients.splice(0)) await client.close();
	}

	#connect(): Promise<K1Client> {
		return K1Client.connect(this.simulator.url, { headers: bearer(this.options.token) });
	}

	async #measured<T>(kind: Exclude<keyof Worst, "again">, work: Promise<T>): Promise<T> {
		const started = performance.now();
		const result = await work;
		const took = performance.now() - started;
		if (took > this.worst[kind]) this.worst[kind] = took;
		ok(took < LATEST, `${kind} took ${took.toFixed(0)} ms`);
		return result;
	}

	async #upload(index: number, rounds: number, until: number): Promise<void> {
		const leaves = this.options.comesBack && index === this.options.uploaders - 1;
		for (let round = 0; round < rounds || Date.now() < until; round++) {
			if (leaves && round % 4 === 3) {
				await this.#clients[index].close();
				this.#clients[index] = await this.#measured(
					"handshake",
					this.#again(() => this.#connect()),
				);
			}
			const client = this.#clients[index];
			await this.#measured("upload", client.put(`good ${index}`, Buffer.alloc(UPLOAD, ++this.#seed)));
			const { type } = await this.#measured("status", client.ask(STATUS));
			ok(type === STATUS);
		}
	}

	#again<T>(ask: () => Promise<T>): Promise<T> {
		return again(ask, () => {
			this.worst.again++;
		});
	}

	/** The newcomer. */
	async #visit(rounds: number, until: number): Promise<void> {
		const { port } = this.simulator;
		const headers = bearer(this.options.token);
		for (let round = 0; round < rounds || Date.now() < until; round++) {
			const page = await this.#measured(
				"page",
				this.#again(() => fetchOnce(port, "/", headers)),
			);
			equal(page.status, 200);
			const started = this.#again(() => firstBytes(port, "/patterns/big", headers));
			equal(await this.#measured("download", started), 200);
			const { status, body } = await this.#again(() => fetchOnce(port, "/patterns/still", headers));
			deepEqual({ status, right: body.every((byte) => byte === 7) }, { status: 200, right: true });
		}
	}
}
