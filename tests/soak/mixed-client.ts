import { crc32 } from "node:zlib";
import { LIST, PUT_BEGIN, PUT_CHUNK, STATUS } from "../../modules/tlv/frame.js";
import { fetchAgain } from "../integration/support/good-clients.js";
import { begin, frame, K1Client } from "../integration/support/k1-client.js";
import type { Simulator } from "../integration/support/simulator.js";
import { equal, ok } from "../support/assert.js";

/** Where the metrics record has the pool's blocks in use. */
export const POOL_IN_USE = 26;

const NAMES = 8;
/** Sizes of patterns, all of them with five digits, so that what a K1 remembers of them is always as long. */
const LEAST = 10_000;
const MOST = 90_000;
/** The longest that bad clients may keep a good one out, ms. */
const PATIENCE = 12_000;

/** The next of a row of numbers that its seed decides, 0 to `below` - 1. */
export class Random {
	constructor(private state: number) {}

	next(below: number): number {
		this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
		return (this.state >>> 8) % below;
	}
}

/** Does everything that a client can do, in any order, and knows what is stored under its names. */
export class MixedClient {
	uploads = 0;
	/** The pool's blocks in use, as the last STATUS told. */
	blocks = Number.NaN;
	readonly #stored = new Map<string, Buffer>();
	#client: K1Client | undefined;

	constructor(
		private readonly simulator: Simulator,
		private readonly prefix: string,
		private readonly random: Random,
	) {}

	/**
	 * Works until then.
	 * @param mayLeave whether it comes and goes meanwhile: where others want its place it would be theirs
	 * @throws Error for an answer that is wrong
	 */
	async work(until: number, mayLeave: boolean): Promise<void> {
		while (Date.now() < until) await this.#act(mayLeave);
	}

	/** Takes one of the places. @throws Error when nothing helps for PATIENCE */
	async come(): Promise<void> {
		await this.#connected();
	}

	async leave(): Promise<void> {
		await this.#client?.close();
		this.#client = undefined;
	}

	/** What is stored under its names is what was acknowledged. */
	async check(): Promise<void> {
		for (const [name, pattern] of this.#stored) await this.#download(name, pattern);
	}

	async #act(mayLeave: boolean): Promise<void> {
		const { random } = this;
		const client = await this.#connected();
		const name = `${this.prefix} ${random.next(NAMES)}`;
		switch (random.next(mayLeave ? 12 : 10)) {
			case 0:
				equal((await client.ask(LIST)).type, LIST);
				break;
			case 1:
				this.blocks = (await client.status()).readUInt16BE(POOL_IN_USE);
				break;
			case 2:
				equal((await client.remove(name)).value.toString("hex") === "00", this.#stored.delete(name));
				break;
			case 3: {
				const pattern = this.#stored.get(name);
				if (pattern !== undefined) await this.#download(name, pattern);
				break;
			}
			case 10:
				await this.leave();
				break;
			case 11:
				// An upload that is left in the middle: what was stored stays.
				client.send(frame(PUT_BEGIN, name));
				for (let i = 0; i < 5; i++) client.send(frame(PUT_CHUNK, Buffer.alloc(4000, 1)));
				client.socket.terminate();
				this.#client = undefined;
				await client.closed;
				break;
			case 4: {
				// Bytes that were changed on the way.
				client.upload(begin(name, 2 * LEAST, 1), Buffer.alloc(2 * LEAST, 2));
				equal((await client.next()).type, STATUS);
				ok((await client.next()).type !== STATUS);
				break;
			}
			default:
				await this.#put(client, name);
		}
	}

	async #put(client: K1Client, name: string): Promise<void> {
		const { random } = this;
		const size = LEAST + random.next(MOST - LEAST);
		const pattern = Buffer.alloc(size, Buffer.from([random.next(256), random.next(256), 0x80]));
		client.upload(begin(name, size, crc32(pattern)), pattern, [4093, 1024, 333][random.next(3)]);
		for (let i = 0; i < 2; i++) equal((await client.next()).value.toString("hex"), "00");
		this.#stored.set(name, pattern);
		this.uploads++;
	}

	async #download(name: string, pattern: Buffer): Promise<void> {
		const deadline = Date.now() + PATIENCE;
		for (;;) {
			const { status, body } = await fetchAgain(this.simulator.port, `/patterns/${encodeURIComponent(name)}`);
			if (status !== 503 || Date.now() > deadline) {
				equal(status, 200);
				ok(body.equals(pattern), `${name} is not what was stored`);
				return;
			}
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/**
	 * A place is given back a moment after its client left, others may have taken it, and a handshake may be lost.
	 * @throws Error when nothing helps for PATIENCE
	 */
	async #connected(): Promise<K1Client> {
		const deadline = Date.now() + PATIENCE;
		while (this.#client === undefined) {
			if (Date.now() > deadline) throw new Error(`kept out for ${PATIENCE} ms`);
			const client = await K1Client.connect(this.simulator.url).catch(() => undefined);
			if (client !== undefined && (await client.ask(STATUS)).type === STATUS) this.#client = client;
			else {
				await client?.closed;
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
		}
		return this.#client;
	}
}
