/**
 * How steadily a K1 plays while clients upload at full speed onto flash with a real chip's timing, and how soon it answers meanwhile.
 * `npm run speed` runs it; `tsx bench/playing.ts [xs|node]` runs it alone.
 */

import { encodePattern } from "../modules/pattern/encoder/encode.js";
import { CONTROL, FRAME, PUT_BEGIN, PUT_CHUNK, PUT_END, STATUS } from "../modules/tlv/frame.js";
import { frame, K1Client } from "../tests/integration/support/k1-client.js";
import { FlashFolder, Simulator } from "../tests/integration/support/simulator.js";
import { percentile } from "./percentile.js";

const CHUNK = 4093;
/** Each uploads so many patterns of so many chunks: all of them fit the erased part of a fresh flash. */
const CHUNKS = 64;
const ROUNDS = 6;
const RATES = [24, 60, 120];
/** Frames of the pattern. */
const FRAMES = 60;
/** The other client asks so often, ms. */
const ASK_EVERY = 5;

/** A pattern whose frames are told apart by what their LEDs show. */
function pattern(fps: number): Uint8Array {
	const frames = Array.from({ length: FRAMES }, (_, at) => {
		const picture = new Uint8Array(480);
		for (let led = 0; led < 160; led++) picture.set([4 * at, (led & 7) << 5, (led >> 3) << 3], 3 * led);
		return picture;
	});
	return encodePattern({ leds: 160, fps, frames, strip2: { motion: 2, sync: 2, progressiveEnd: 500 } });
}

interface State {
	readonly shown: number;
	readonly skipped: number;
}

async function stateOf({ port }: Simulator): Promise<State> {
	return (await (await fetch(`http://127.0.0.1:${port}/state`)).json()) as State;
}

/** When each picture was seen, ms, with its number in the loop. */
interface Seen {
	readonly at: number;
	readonly frame: number;
}

/** The answers of a client: FRAMEs go to `seen`, and STATUSes are counted. */
class Listener {
	statuses = 0;
	readonly #client: K1Client;

	constructor(client: K1Client, seen: Seen[]) {
		this.#client = client;
		client.socket.on("message", (data: Buffer) => {
			if (data[0] === FRAME) seen.push({ at: performance.now(), frame: data.readUInt32BE(3) });
			else if (data[0] === STATUS) this.statuses++;
			else throw new Error(`answered ${data.toString("latin1")}`);
		});
	}

	/** Waits until so many have come. */
	async until(count: number): Promise<void> {
		while (this.statuses < count)
			await new Promise<void>((resolve) => this.#client.socket.once("message", () => resolve()));
	}
}

interface Playing {
	readonly clients: readonly K1Client[];
	readonly listeners: readonly Listener[];
	readonly seen: Seen[];
}

/** By how many ms each picture was later than the earliest would have it. */
function lateness(seen: readonly Seen[], fps: number, frames: number): number[] {
	let loops = 0;
	const offsets = seen.map(({ at, frame: number }, i) => {
		if (i > 0 && number < seen[i - 1].frame) loops++;
		return at - ((loops * frames + number) * 1000) / fps;
	});
	const earliest = Math.min(...offsets);
	return offsets.map((offset) => offset - earliest);
}

/** Uploads some patterns, one message after the other as fast as TCP takes them. */
async function upload(client: K1Client, listener: Listener, name: string, rounds = ROUNDS): Promise<void> {
	const chunk = frame(PUT_CHUNK, Buffer.alloc(CHUNK, 0x5a));
	const done = listener.statuses;
	for (let round = 0; round < rounds; round++) {
		client.send(frame(PUT_BEGIN, name));
		for (let sent = 0; sent < CHUNKS; sent++) client.send(chunk);
		client.send(frame(PUT_END));
		await listener.until(done + 2 * (round + 1));
	}
}

/** A K1 on a fresh flash, with two clients and a pattern that plays; the first client watches. */
async function play(
	engine: string,
	fps: number,
	work: (k1: Playing, simulator: Simulator) => Promise<string>,
): Promise<void> {
	const folder = new FlashFolder();
	const args = ["--port", "0", "--engine", engine, "--flash", folder.fresh(), "--flash-timing", "w25q64"];
	const simulator = await new Simulator([...args, "--log-level", "silent"]).ready();
	try {
		const clients = [await K1Client.connect(simulator.url), await K1Client.connect(simulator.url)];
		await clients[0].put("light", pattern(fps));
		// The fade is over, and the store has looked at its sectors.
		await new Promise((resolve) => setTimeout(resolve, 1500));
		const seen: Seen[] = [];
		await clients[0].ask(CONTROL, Buffer.from([0x20, 30]));
		const listeners = clients.map((client, i) => new Listener(client, i === 0 ? seen : []));
		const before = await stateOf(simulator);
		const figures = await work({ clients, listeners, seen }, simulator);
		const after = await stateOf(simulator);
		const counts = `${after.shown - before.shown} frames shown, ${after.skipped - before.skipped} skipped`;
		console.log(`${engine.padEnd(4)} ${String(fps).padStart(3)} frames a second: ${counts}; ${figures}`);
	} finally {
		await simulator.stop();
		folder.remove();
	}
}

/** Two clients upload, and one of them watches. */
async function uploads({ clients, listeners, seen }: Playing, fps: number): Promise<string> {
	const start = performance.now();
	await Promise.all(clients.map((client, i) => upload(client, listeners[i], `upload ${i}`)));
	const rate = (2 * ROUNDS * CHUNKS * CHUNK) / (performance.now() - start);
	const both = `two upload at ${rate.toFixed(0)} KB/s together`;
	// At more than 30 a watcher does not get them all.
	if (fps > 30) return both;
	const late = lateness(seen, fps, FRAMES);
	return `${both}; seen late: median ${percentile(late, 0.5).toFixed(1)} ms, worst ${percentile(late, 1).toFixed(1)} ms`;
}

/** One client uploads and watches, the other asks for STATUS. */
async function questions({ clients, listeners }: Playing): Promise<string> {
	const times: number[] = [];
	const [uploader, asker] = clients;
	let uploading = true;
	const asking = (async () => {
		for (let asked = 0; uploading; asked++) {
			const start = performance.now();
			asker.send(frame(STATUS));
			await listeners[1].until(asked + 1);
			times.push(performance.now() - start);
			await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
		}
	})();
	await upload(uploader, listeners[0], "upload");
	uploading = false;
	await asking;
	const [median, most] = [0.5, 0.99].map((share) => percentile(times, share).toFixed(1));
	return `one uploads and watches; STATUS of the other, ${times.length} times: median ${median} ms, 99th percentile ${most} ms (goal 10)`;
}

/** One client uploads until all that was erased is used up, and goes on: each sector is erased on the spot. */
async function dirty({ clients, listeners }: Playing, simulator: Simulator): Promise<string> {
	await upload(clients[1], listeners[1], "upload", 2 * ROUNDS + 8);
	const before = await stateOf(simulator);
	const start = performance.now();
	await upload(clients[1], listeners[1], "upload", 2);
	const rate = (2 * CHUNKS * CHUNK) / (performance.now() - start);
	const after = await stateOf(simulator);
	return `of these ${after.shown - before.shown} shown, ${after.skipped - before.skipped} skipped while one uploads onto sectors that are not erased, at ${rate.toFixed(0)} KB/s`;
}

for (const engine of process.argv.length > 2 ? process.argv.slice(2) : ["xs", "node"]) {
	for (const fps of RATES) await play(engine, fps, (k1) => uploads(k1, fps));
	await play(engine, 60, questions);
	await play(engine, 60, dirty);
}
