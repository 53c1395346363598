import { Peer } from "xs/fixture";
import Heap from "xs/heap";
import Process from "xs/process";
import { Bench, expectBytes, STATUS_OK } from "./bench.js";

/*
 * Uploads without end, of mixed sizes from two clients, with lists, deletes, downloads and reconnects in between. Prints a JSON
 * object a line: what lives in the heap at certain counts, and the most that lived at any look. A pattern plays all the time, with one
 * of the clients watching; at the end it is let play frame by frame. The arguments are how many uploads, how many frames, and the pattern's file.
 */

const UPLOADS = Number(Process.args[0]);
const FRAMES = Number(Process.args[1]);
const LIGHT = Process.args[2] ?? "";
/** CONTROL: WATCH 30, and WATCH 0, as hexadecimal digits. */
const WATCH = "220002201e";
const UNWATCH = "2200022000";
/** Less than a frame's time, ms. */
const SHORT = 10;
const NAMES = 40;
/** Looks at the heap while bytes arrive: every so many times. */
const LOOK = 997;
const BINARY = 0x82;

const bench = new Bench();
let highestSlots = 0;
let highestChunks = 0;
let arrivals = 0;
let state = 12345;

/** The next of a fixed row of numbers, 0 to `below` - 1. */
function random(below: number): number {
	state = (Math.imul(state, 1664525) + 1013904223) | 0;
	return (state >>> 8) % below;
}

function look(): void {
	Heap.collect();
	if (Heap.slots > highestSlots) highestSlots = Heap.slots;
	if (Heap.chunks > highestChunks) highestChunks = Heap.chunks;
}

/** Most are small; one in fifty is as large as they get. */
function size(): number {
	const kind = random(50);
	if (kind === 0) return 524_288 - random(5000);
	if (kind < 10) return 1 + random(100);
	return 1 + random(20_000);
}

function hexOf(text: string): string {
	let hex = "";
	for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(2, "0");
	return hex;
}

function message(type: string, value: string): string {
	return type + (value.length / 2).toString(16).padStart(4, "0") + value;
}

bench.onArrival = () => {
	if (++arrivals % LOOK === 0) look();
};

function upload(peer: number, count: number): void {
	Peer.sendUpload(peer, `pattern ${random(NAMES)}`, size(), [4093, 1024, 333][random(3)] ?? 1, count);
	bench.deliver(peer, [1436, 5744, 100][random(3)]);
	expectBytes(peer, STATUS_OK + STATUS_OK);
}

/** Lets time pass with a client that watches, and throws away what it hears. */
function pass(): void {
	bench.say(0, WATCH);
	const { pictures } = bench;
	bench.pass(2500);
	if (bench.pictures < pictures + 5) throw new Error("the pattern does not play");
	bench.say(0, UNWATCH);
	look();
	Peer.heard(0, 0);
}

/** Something else that clients do. */
function other(peer: number): void {
	switch (random(5)) {
		case 0:
			Peer.sendFrame(peer, BINARY, message("21", ""));
			break;
		case 1:
			Peer.sendFrame(peer, BINARY, message("30", ""));
			break;
		case 2:
			Peer.sendFrame(peer, BINARY, message("20", hexOf(`pattern ${random(NAMES)}`)));
			break;
		case 3:
			bench.close(peer);
			bench.open(peer);
			break;
		default:
			bench.drop(peer);
			bench.open(peer);
	}
	bench.deliver(peer);
	Peer.heard(peer, 0);
}

/** A page and a download over connections of their own. */
function browse(): void {
	bench.connect(2);
	Peer.sendText(2, `GET /patterns/pattern%20${random(NAMES)} HTTP/1.1\r\nHost: 192.168.1.30\r\n\r\n`);
	bench.deliver(2);
	bench.connect(3);
	Peer.sendText(3, "GET / HTTP/1.1\r\nHost: 192.168.1.30\r\nConnection: close\r\n\r\n");
	bench.deliver(3);
	look();
	bench.drop(2);
	bench.drop(3);
	Peer.heard(2, 0);
	Peer.heard(3, 0);
}

function report(name: string): void {
	look();
	trace(`${JSON.stringify({ name, unit: "heap", slots: Heap.slots, chunkBytes: Heap.chunks })}\n`);
}

/** Two clients with an upload under way each, which is then given up. */
function twoClients(): void {
	for (const peer of [0, 1]) {
		bench.open(peer);
		bench.say(peer, message("10", hexOf(`upload of ${peer}`)));
		bench.say(peer, message("11", "00".repeat(200)));
		expectBytes(peer, STATUS_OK);
	}
}

/** Lets so many frames be shown, each of them, while a client watches. */
function play(frames: number): void {
	const { player } = bench.device.lamp;
	const { shown, skipped } = player;
	while (player.shown - shown < frames) {
		// Again each time: one that is silent for 20 s is dropped.
		bench.say(0, WATCH);
		Peer.heard(0, 0);
		bench.pass(1000, SHORT);
		look();
		if (Peer.heard(0, 8) === "") throw new Error("the watcher gets nothing");
	}
	bench.say(0, UNWATCH);
	Peer.heard(0, 0);
	if (player.skipped > skipped) throw new Error(`${player.skipped - skipped} frames skipped`);
}

bench.tidy();
bench.open(0);
Peer.sendFile(0, "light", LIGHT, 4093);
bench.deliver(0);
expectBytes(0, STATUS_OK + STATUS_OK);
bench.close(0);
bench.pass(2500);
twoClients();
bench.close(0);
bench.close(1);
report("idle, a pattern playing");
twoClients();
report("two clients");
bench.close(0);
bench.close(1);
bench.open(0);
bench.open(1);
for (let count = 1; count <= UPLOADS; count++) {
	upload(random(2), count);
	if (random(4) === 0) other(random(2));
	if (random(40) === 0) browse();
	if (random(8) === 0) {
		pass();
		bench.tidy();
	}
	if (count === UPLOADS / 10 || count === UPLOADS) {
		// What these leave alive does not depend on what went before.
		bench.close(0);
		bench.close(1);
		bench.open(0);
		bench.open(1);
		Peer.heard(0, 0);
		Peer.heard(1, 0);
		report(`after ${count} uploads`);
	}
}
for (const frames of [FRAMES, 2 * FRAMES]) {
	play(FRAMES);
	report(`after ${frames} frames more`);
}
trace(`${JSON.stringify({ name: "most alive", unit: "heap", slots: highestSlots, chunkBytes: highestChunks })}\n`);
trace(`${JSON.stringify({ name: "pools", unit: "heap", slots: Heap.allSlots, chunkBytes: Heap.allChunks })}\n`);
trace(`${JSON.stringify({ name: "deepest stack", unit: "run", slots: Heap.stack })}\n`);
trace(`${JSON.stringify({ name: "collections", unit: "run", count: Heap.collections })}\n`);
