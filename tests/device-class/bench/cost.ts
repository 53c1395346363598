import { Peer, spent } from "xs/fixture";
import Heap from "xs/heap";
import instructions from "xs/instructions";
import Process from "xs/process";
import { Player } from "../../../modules/playback/player.js";
import { writeSignal } from "../../../modules/playback/render.js";
import { signalLength } from "../../../modules/playback/signal.js";
import { orderOf, STRIP_BYTES, STRIP_LEDS } from "../../../modules/playback/strips.js";
import { ascii } from "../../support/hex.js";
import { Bench, expectBytes, SEGMENT, STATUS_OK } from "./bench.js";

/*
 * Counts what the firmware's work costs: instructions, with the fixture's own taken off and garbage collection in them, and what
 * is allocated. Prints a JSON object a line. Runs on k1-bench.
 */

const CLIENT = 0;
const STATUS = "300000";
const LIST = "210000";

const bench = new Bench();
const signal = new Uint8Array(signalLength(STRIP_LEDS));

/** Runs `work` and prints its costs, divided by `units`. */
function measure(name: string, unit: string, units: number, work: () => void): void {
	Heap.collect();
	spent();
	const start = instructions();
	work();
	const total = instructions() - start;
	const fixture = spent();
	trace(
		`${JSON.stringify({ name, unit, instructions: round((total - fixture) / units), fixture: round(fixture / units) })}\n`,
	);
}

/** Prints what `work` allocates; it must be little enough to need no collection. */
function allocations(name: string, unit: string, units: number, work: () => void): void {
	Heap.collect();
	const before = Heap.collections;
	const slots = Heap.slots;
	const chunks = Heap.chunks;
	work();
	const slotsMade = Heap.slots - slots;
	const chunksMade = Heap.chunks - chunks;
	if (Heap.collections !== before) throw new Error(`${name}: garbage was collected while counting`);
	trace(`${JSON.stringify({ name, unit, slots: round(slotsMade / units), chunkBytes: round(chunksMade / units) })}\n`);
}

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}

function times(count: number, work: () => void): void {
	for (let i = 0; i < count; i++) work();
}

function upload(name: string, size: number, chunk: number, segment: number): void {
	bench.tidy();
	Peer.sendUpload(CLIENT, "pattern", size, chunk, 1);
	measure(name, "byte", size, () => bench.deliver(CLIENT, segment));
	expectBytes(CLIENT, STATUS_OK + STATUS_OK);
}

/** What the .prism rules add to each byte of an upload: to that of a file, the cost of other bytes is compared. */
function prismUpload(name: string, path: string, chunk: number): void {
	const file = () => Peer.sendFile(CLIENT, "pattern", path, chunk);
	const size = file();
	bench.deliver(CLIENT);
	const cost = (send: () => void): number => {
		bench.tidy();
		send();
		Heap.collect();
		spent();
		const start = instructions();
		bench.deliver(CLIENT);
		return (instructions() - start - spent()) / size;
	};
	const other = cost(() => Peer.sendUpload(CLIENT, "pattern", size, chunk, 1));
	const added = cost(file) - other;
	expectBytes(CLIENT, STATUS_OK.repeat(6));
	trace(`${JSON.stringify({ name, unit: "byte", instructions: round(added), size })}\n`);
}

/** A frame on both strips: from flash to the signal, and the question when the next is due. */
function playback(path: string): void {
	const kind = path.slice(path.lastIndexOf("/") + 1);
	Peer.sendFile(CLIENT, "pattern", path, 4093);
	bench.deliver(CLIENT);
	expectBytes(CLIENT, STATUS_OK + STATUS_OK);
	const name = ascii("pattern");
	const open = () => {
		const source = bench.device.store.open(name, 0, name.length);
		if (source === undefined) throw new Error("the pattern is not there");
		return source;
	};
	player.play(open(), 0, 0);
	let now = 0;
	const frame = () => {
		now += player.wait(now);
		if (!player.tick(now)) throw new Error("nothing to show");
		writeSignal(signal, 0, player.output, 0, STRIP_BYTES);
		writeSignal(signal, 0, player.output, STRIP_BYTES, 2 * STRIP_BYTES);
	};
	times(100, frame);
	measure(`playing ${kind}`, "frame", 400, () => times(400, frame));
	player.setBrightness(20, 0, now);
	allocations(`playing ${kind}`, "frame", 50, () => times(50, frame));
	player.setBrightness(255, 0, now);
	// Over so long a time that there is something to do in every frame.
	player.play(open(), now, 10_000);
	player.setBrightness(100, 10_000, now);
	player.setGamma(220, 10_000, now);
	frame();
	measure(`playing ${kind} with a fade and ramps`, "frame", 40, () => times(40, frame));
	player.setBrightness(255, 0, now);
	player.setGamma(100, 0, now);
	player.stop(now, 0);
	frame();
}

function countedUpload(name: string, chunks: number, chunk: number): void {
	Peer.sendUpload(CLIENT, "pattern", chunks * chunk, chunk, 1);
	allocations(name, "chunk", chunks, () => bench.deliver(CLIENT, SEGMENT));
	expectBytes(CLIENT, STATUS_OK + STATUS_OK);
}

function connections(count: number): void {
	times(count, () => bench.visit(CLIENT));
}

const players: Player[] = [];
allocations("a player", "player", 1, () => {
	players.push(new Player({ powerLimit: 2000, milliampsPerLed: 55, order: orderOf("GRB") }));
});
const [player] = players;
bench.tidy();
bench.open(CLIENT);
// One before the others, so that what is measured is the steady state.
Peer.sendUpload(CLIENT, "pattern", 524_288, 4093, 1);
bench.deliver(CLIENT);
expectBytes(CLIENT, STATUS_OK + STATUS_OK);
upload("upload, 4,093-byte chunks", 524_288, 4093, SEGMENT);
upload("upload, 1,024-byte chunks", 524_288, 1024, SEGMENT);
upload("upload, 4,093-byte chunks, 5,744 bytes at a time", 524_288, 4093, 5744);
upload("upload of 1,024 bytes", 1024, 1024, SEGMENT);
for (const path of Process.args) {
	const kind = path.slice(path.lastIndexOf("/") + 1);
	prismUpload(`checking ${kind}, 4,093-byte chunks`, path, 4093);
	prismUpload(`checking ${kind}, 1,024-byte chunks`, path, 1024);
	playback(path);
}
countedUpload("upload, 4,093-byte chunks", 32, 4093);
countedUpload("upload, 1,024-byte chunks", 32, 1024);

times(200, () => Peer.sendFrame(CLIENT, 0x82, STATUS));
measure("STATUS", "message", 200, () => bench.deliver(CLIENT, 3 + 6));
times(20, () => Peer.sendFrame(CLIENT, 0x82, STATUS));
allocations("STATUS", "message", 20, () => bench.deliver(CLIENT, 3 + 6));
Peer.heard(CLIENT, 0);

for (let i = 1; i < 64; i++) {
	Peer.sendUpload(CLIENT, `pattern number ${i}`, 100, 4093, i);
	bench.deliver(CLIENT);
	expectBytes(CLIENT, STATUS_OK + STATUS_OK);
}
times(20, () => Peer.sendFrame(CLIENT, 0x82, LIST));
measure("LIST of 64", "message", 20, () => bench.deliver(CLIENT, 3 + 6));
times(5, () => Peer.sendFrame(CLIENT, 0x82, LIST));
allocations("LIST of 64", "message", 5, () => bench.deliver(CLIENT, 3 + 6));
Peer.heard(CLIENT, 0);
bench.close(CLIENT);

bench.open(CLIENT);
bench.close(CLIENT);
measure("connection, made and closed", "connection", 50, () => connections(50));
allocations("connection, made and closed", "connection", 2, () => connections(2));
if (!Peer.closed(CLIENT)) throw new Error("the connection is open after both close frames");

measure("garbage collection", "collection", 10, () => times(10, () => Heap.collect()));
