import { ADDRESSES } from "../../modules/server/address-counts.js";
import { STATUS } from "../../modules/tlv/frame.js";
import { equal, ok } from "../support/assert.js";
import { Attacker } from "./support/attacker.js";
import { ATTACKS, type Attack, FROM_ELSEWHERE, GUESSED_TOKENS } from "./support/attacks.js";
import { bearer, fetchOnce, GoodClients, type Worst } from "./support/good-clients.js";
import { K1Client } from "./support/k1-client.js";
import { engine, FlashFolder, type Simulator, start } from "./support/simulator.js";

const TOKEN = "secret";
/** Another address of the same machine, where it has such. */
const ELSEWHERE = process.platform === "linux" ? "127.0.0.2" : undefined;
/** What each good client does while somebody misbehaves. */
const ROUNDS = 12;
/** The longest that it may take until everything is given back, ms: the limits of docs/protocol.md, "Times". */
const SETTLED = 8000;
/** Where the metrics record has what these specs look at. */
const POOL_IN_USE = 26;
const CLIENTS = 3;

/** Blocks of the read cache, which stay in use. */
const CACHE = 4;

/** The addresses that were turned away last, and those that guessed: 32 bytes each with their headers. */
const REMEMBERED = 2 * ADDRESSES * 32;

/** What a K1 holds while nobody is there. The last four are known on XS alone. */
interface Held {
	readonly files: number;
	readonly timers: number;
	readonly watched: number;
	readonly slots: number;
	readonly chunkBytes: number;
}

describe("two good clients of a K1", function () {
	// A desktop that is busy with other things is late by itself: not so three times in a row.
	this.retries(2);
	const folder = new FlashFolder();
	const written: string[] = [];
	let simulator: Simulator;
	let token: string | undefined;
	let idle: Held;

	async function held(): Promise<Held> {
		const files = simulator.openFiles();
		if (engine !== "xs") return { files, timers: 0, watched: 0, slots: 0, chunkBytes: 0 };
		const { timers, watched, slots, chunkBytes } = await simulator.figures();
		return { files, timers, watched, slots, chunkBytes };
	}

	function isIdle({ files, timers, watched, slots, chunkBytes }: Held): boolean {
		// One timer more or less there is in the first minute, until the start counts as a good one.
		if (files !== idle.files || timers > idle.timers || watched !== idle.watched) return false;
		return slots <= idle.slots && chunkBytes <= idle.chunkBytes + REMEMBERED;
	}

	/** Everything is given back: files and sockets, timers and the heap. */
	async function backToIdle(): Promise<void> {
		const started = Date.now();
		for (let now = await held(); !isIdle(now); now = await held()) {
			ok(Date.now() < started + SETTLED, `${JSON.stringify(now)} are held, ${JSON.stringify(idle)} before`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** The places of clients and the pool's blocks are free again, but for those of the one who asks and of the cache. */
	async function poolIsBack(): Promise<void> {
		const started = Date.now();
		for (;;) {
			const client = await K1Client.connect(simulator.url, { headers: bearer(token) });
			const { type, value } = await client.ask(STATUS);
			await client.close();
			// A place that is taken still shows itself as an ERROR too: two clients are connected.
			const clients = type === STATUS ? value[CLIENTS] : 3;
			const blocks = type === STATUS ? value.readUInt16BE(POOL_IN_USE) : 0;
			if (clients === 1 && blocks === 1 + CACHE) return;
			ok(Date.now() < started + SETTLED, `${clients} clients and ${blocks} blocks`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Good clients work undisturbed; what is held then is what may be held after everything that follows. */
	async function settle(): Promise<void> {
		const first = await K1Client.connect(simulator.url, { headers: bearer(token) });
		await first.put("big", Buffer.alloc(500_000, 3));
		await first.put("still", Buffer.alloc(20_000, 7));
		await first.close();
		for (const uploaders of [2, 1]) {
			const good = new GoodClients(simulator, { uploaders, token });
			await good.connect();
			await good.work(3, 0);
			await good.close();
		}
		// The last connections linger for half a second.
		await new Promise((resolve) => setTimeout(resolve, 800));
		idle = await held();
	}

	function writeDown(title: string, worst: Worst): void {
		const { again, ...times } = worst;
		const figures = Object.entries(times).filter(([, ms]) => ms > 0);
		const text = figures.map(([kind, ms]) => `${kind} ${ms.toFixed(0)} ms`).join(", ");
		written.push(`${title}: ${text}${again > 0 ? `, ${again} connections lost` : ""}`);
	}

	async function survive({ title, wants, start: attack }: Attack, address?: string): Promise<void> {
		const uploaders = wants === "a place" ? 1 : 2;
		// After a try that failed its clients may still be there.
		await poolIsBack();
		const good = new GoodClients(simulator, { uploaders, token, comesBack: wants === undefined });
		await good.connect();
		const attacker = new Attacker(simulator.port, address);
		attack(attacker);
		try {
			await good.work(ROUNDS);
		} finally {
			writeDown(title, good.worst);
			await good.close();
			await attacker.stop();
		}
		equal(good.worst.again, 0, "connections of good clients that were lost");
		await poolIsBack();
		await backToIdle();
		equal((await fetchOnce(simulator.port, "/")).status, 200);
	}

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh());
		await settle();
	});
	after(async function () {
		this.timeout(20_000);
		for (const line of written) console.log(`      ${engine}, worst: ${line}`);
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	for (const attack of ATTACKS) it(`are served in time through ${attack.title}`, () => survive(attack)).timeout(60_000);

	for (const attack of FROM_ELSEWHERE) {
		it(`are served in time through ${attack.title}, from another address`, function () {
			if (ELSEWHERE === undefined) this.skip();
			return survive(attack, ELSEWHERE);
		}).timeout(60_000);
	}

	it("are served in time while tokens are guessed, and no guess is let in", async () => {
		equal((await simulator.stop()).code, 0);
		token = TOKEN;
		simulator = await start(folder.fresh(), "--token", TOKEN);
		await settle();
		await survive(GUESSED_TOKENS);
	}).timeout(60_000);
});
