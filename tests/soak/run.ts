/*
 * Lets the firmware run for long, on XS with 32-bit words and in the device's pools, while good and bad clients come and go, and
 * fails unless it holds to the byte what it held at first whenever all have left:
 *
 *     npm run test:soak -- [--minutes 60] [--seed NUMBER] [--chart build/soak.svg]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { SETTLED_AFTER } from "../../modules/lamp/crash-guard.js";
import { MAX_CONNECTIONS } from "../../modules/server/limits.js";
import { STATUS } from "../../modules/tlv/frame.js";
import { Attacker } from "../integration/support/attacker.js";
import { ATTACKS } from "../integration/support/attacks.js";
import { fetchAgain, fetchOnce } from "../integration/support/good-clients.js";
import { K1Client } from "../integration/support/k1-client.js";
import { FlashFolder, Simulator } from "../integration/support/simulator.js";
import { drawChart, type Sample } from "./chart.js";
import { MixedClient, POOL_IN_USE, Random } from "./mixed-client.js";

/** The longest that it may take until everything is given back, ms. */
const SETTLED = 10_000;
/** Where the metrics record has the number of clients. */
const CLIENTS = 3;

const { values } = parseArgs({
	options: {
		minutes: { type: "string", default: "60" },
		seed: { type: "string", default: String(Date.now() & 0xffff) },
		chart: { type: "string", default: "build/soak.svg" },
	},
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error("--minutes takes a number above 0");
/** A round before it counts, ms. */
const WARM_UP = 1500;
/** A round of work, from 3 s in a run of a minute to 20 s, ms. */
const ROUND = Math.min(20_000, Math.max(3000, minutes * 600));

/** Ctrl-C ends it after the round under way, with a verdict on what there was. */
let stopped = false;
process.on("SIGINT", () => {
	stopped = true;
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

class Soak {
	readonly samples: Sample[] = [];
	#started = Date.now();
	readonly #clients: MixedClient[];
	#turn = 0;

	constructor(readonly simulator: Simulator) {
		this.#clients = ["left", "right"].map(
			(name, i) => new MixedClient(simulator, name, new Random(Number(values.seed) + i)),
		);
	}

	get minutes(): number {
		return (Date.now() - this.#started) / 60_000;
	}

	get uploads(): number {
		return this.#clients.reduce((sum, { uploads }) => sum + uploads, 0);
	}

	/**
	 * Goes once through everything, since what is made at its first use is made then, and until the K1 has been on for so long
	 * that its start counts as a good one, for which it has a timer; time counts from the end of that.
	 */
	async begin(): Promise<void> {
		const settled = Date.now() + SETTLED_AFTER;
		for (let i = 0; i < ATTACKS.length; i++) await this.round(WARM_UP);
		await pause(settled - Date.now());
		this.samples.length = 0;
		this.#started = Date.now();
		await this.rest();
	}

	/** For `length` ms: good clients at work, alone and then through the next of the attacks. */
	async round(length: number): Promise<void> {
		const attack = ATTACKS[this.#turn++ % ATTACKS.length];
		const alone = Date.now() + length / 2;
		await Promise.all(this.#clients.map((client) => client.work(alone, true)));
		const workers = attack.wants === "a place" ? [this.#clients[this.#turn % 2]] : this.#clients;
		for (const client of this.#clients) await (workers.includes(client) ? client.come() : client.leave());
		const attacker = new Attacker(this.simulator.port);
		const until = Date.now() + length / 2;
		attack.start(attacker);
		try {
			const look = pause(length / 4).then(() => this.#sample("work", workers[0].blocks));
			await Promise.all([...workers.map((client) => client.work(until, false)), look]);
		} catch (error) {
			throw new Error(`during ${attack.title}`, { cause: error });
		} finally {
			await attacker.stop();
		}
		for (const client of workers) await client.leave();
	}

	/** Everybody has left: what is held now is what has to be held every time. */
	async rest(): Promise<void> {
		const blocks = await this.#poolIsBack();
		for (const client of this.#clients) await client.check();
		await this.#sameVisitors();
		const deadline = Date.now() + SETTLED;
		const first = this.samples.find(({ at }) => at === "rest");
		// The last visitors linger, and a sector that is being erased is no timer's or socket's.
		do await pause(700);
		while (first !== undefined && this.simulator.openFiles() !== first.files && Date.now() < deadline);
		await this.#sample("rest", blocks);
	}

	/** What a place for peers remembers of its last peer, an address and an ETag, is the same each time. */
	async #sameVisitors(): Promise<void> {
		const { port } = this.simulator;
		const visitors = Array.from({ length: 2 * MAX_CONNECTIONS }, () => fetchAgain(port, "/patterns/still"));
		await Promise.all(visitors);
	}

	/** The blocks in use once the one who asks has left. @throws Error when places or blocks are not given back in time */
	async #poolIsBack(): Promise<number> {
		const deadline = Date.now() + SETTLED;
		for (;;) {
			const client = await K1Client.connect(this.simulator.url);
			const { type, value } = await client.ask(STATUS);
			await client.close();
			const blocks = value.readUInt16BE(POOL_IN_USE) - 1;
			const known = this.samples.find(({ at }) => at === "rest")?.blocks ?? blocks;
			if (type === STATUS && value[CLIENTS] === 1 && blocks === known) return blocks;
			if (Date.now() > deadline) throw new Error(`${value[CLIENTS]} clients and ${blocks} blocks are left`);
			await pause(100);
		}
	}

	async #sample(at: Sample["at"], blocks: number): Promise<void> {
		const { slots, chunkBytes, timers, erases } = await this.simulator.figures();
		const files = this.simulator.openFiles();
		this.samples.push({ minutes: this.minutes, at, slots, chunkBytes, blocks, files, timers, erases });
	}

	/** Whether each figure but the erases is the same at every rest; says so of each. */
	verdict(): boolean {
		const rests = this.samples.filter(({ at }) => at === "rest");
		let flat = rests.length > 1;
		for (const figure of ["slots", "chunkBytes", "blocks", "files", "timers"] as const) {
			const found = [...new Set(rests.map((sample) => sample[figure]))];
			if (found.length !== 1) flat = false;
			console.log(`${figure}: ${found.length === 1 ? `${found[0]} at every rest` : `not flat: ${found.join(", ")}`}`);
		}
		return flat;
	}
}

/** A pattern that is always there, and what everybody may come for. */
async function prepare(url: string): Promise<void> {
	const client = await K1Client.connect(url);
	await client.put("big", Buffer.alloc(500_000, 3));
	await client.put("still", Buffer.alloc(20_000, 7));
	await client.close();
}

const folder = new FlashFolder();
const simulator = new Simulator([folder.fresh()], {}, "tests/soak/firmware-32.ts");
try {
	// The engine may have to be built first.
	await simulator.ready(600_000);
	await prepare(simulator.url);
	const soak = new Soak(simulator);
	await soak.begin();
	while (soak.minutes < minutes && !stopped) {
		await soak.round(ROUND);
		await soak.rest();
		const { at, ...last } = soak.samples[soak.samples.length - 1];
		console.log(
			`${last.minutes.toFixed(1)} min, ${soak.uploads} uploads: ${JSON.stringify({ ...last, minutes: undefined })}`,
		);
	}
	const title = `A K1 for ${soak.minutes.toFixed(0)} min: ${soak.uploads.toLocaleString("en")} uploads, good and bad clients`;
	mkdirSync(dirname(values.chart), { recursive: true });
	writeFileSync(values.chart, drawChart(soak.samples, title));
	writeFileSync(values.chart.replace(/\.svg$/, ".json"), JSON.stringify(soak.samples));
	console.log(`${title}; chart: ${values.chart}, seed ${values.seed}`);
	const flat = soak.verdict();
	const page = await fetchOnce(simulator.port, "/");
	const { code, stderr } = await simulator.stop();
	if (code !== 0) throw new Error(stderr);
	process.exitCode = flat && page.status === 200 ? 0 : 1;
} catch (error) {
	console.error(error);
	process.exitCode = 1;
}
await simulator.stop("SIGKILL");
folder.remove();
// Whatever was under way when something failed.
process.exit();
