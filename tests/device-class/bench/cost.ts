import { Peer, spent } from "xs/fixture";
import Heap from "xs/heap";
import instructions from "xs/instructions";
import Process from "xs/process";
import { isSameSecret } from "../../../modules/http/access.js";
import { Player } from "../../../modules/playback/player.js";
import { writeSignal } from "../../../modules/playback/render.js";
import { signalLength } from "../../../modules/playback/signal.js";
import { orderOf, STRIP_BYTES, STRIP_LEDS } from "../../../modules/playback/strips.js";
import { ascii } from "../../support/hex.js";
import { Bench, expectBytes, SEGMENT, STATUS_OK, UPGRADE } from "./bench.js";

/*
 * Counts what the firmware's work costs: instructions, with the fixture's own taken off and garbage collection in them, and what
 * is allocated. Prints a JSON object a line. Runs on k1-bench.
 */

const CLIENT = 0;
const BROWSER = 1;
const WATCHER = 2;
/** Whether to print how each answer begins, to see that what is measured is what is meant. */
const ANSWERS = Process.args.includes("--answers");
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

/** What a frame costs the whole K1: its timer, the LEDs, whoever looks on. What time costs that passes while the pattern is paused is taken off. */
function lamp(path: string): void {
	const STEP = 8;
	const command = (digits: string) =>
		bench.say(CLIENT, `22${(0x10000 + digits.length / 2).toString(16).slice(1)}${digits}`);
	Peer.sendFile(CLIENT, "light", path, 4093);
	bench.deliver(CLIENT);
	command("016c69676874");
	bench.pass(1000, STEP);
	const cost = () => {
		Heap.collect();
		spent();
		const start = instructions();
		bench.pass(2000, STEP);
		return instructions() - start - spent();
	};
	const play = () => {
		command("03");
		const paused = cost();
		command("04");
		const { pictures } = bench;
		const playing = cost();
		return (playing - paused) / (bench.pictures - pictures);
	};
	const tell = (name: string, count: number) =>
		trace(`${JSON.stringify({ name, unit: "frame", instructions: round(count) })}\n`);
	const alone = play();
	tell("a K1 that plays waves.prism at 60 frames a second", alone);
	command("201e");
	bench.open(WATCHER);
	bench.say(WATCHER, "220002201e");
	tell("the same with two clients that watch at 30", play());
	bench.drop(WATCHER);
	command("2000");
	command("02");
	bench.say(CLIENT, "2000056c69676874");
	bench.pass(1000, STEP);
	Peer.heard(CLIENT, 0);
	Peer.heard(WATCHER, 0);
}

function countedUpload(name: string, chunks: number, chunk: number): void {
	Peer.sendUpload(CLIENT, "pattern", chunks * chunk, chunk, 1);
	allocations(name, "chunk", chunks, () => bench.deliver(CLIENT, SEGMENT));
	expectBytes(CLIENT, STATUS_OK + STATUS_OK);
}

/** Prints what the longest turn costs while a client sends these frames, all of them there at once. */
function frames(name: string, count: number, first: number, payload: string): void {
	times(count, () => Peer.sendFrame(CLIENT, first, payload));
	longest(name, CLIENT);
}

/** The same for a request of these lines; the connection is dropped then. */
function request(name: string, ...lines: string[]): void {
	bench.connect(BROWSER);
	for (const line of lines) Peer.sendText(BROWSER, `${line}\r\n`);
	Peer.sendText(BROWSER, "\r\n");
	longest(name, BROWSER);
	bench.drop(BROWSER);
}

function longest(name: string, peer: number): void {
	Heap.collect();
	bench.longest = 0;
	bench.deliver(peer, 4096);
	trace(`${JSON.stringify({ name, unit: "turn", longest: Math.round(bench.longest) })}\n`);
	if (ANSWERS) trace(`# ${text(Peer.heard(peer, 60))}\n`);
	bench.longest = undefined;
	Peer.heard(peer, 0);
}

function text(hex: string): string {
	let ascii = "";
	for (let i = 0; i < hex.length; i += 2) ascii += String.fromCharCode(Number.parseInt(hex.slice(i, i + 2), 16));
	return ascii;
}

function connections(count: number): void {
	times(count, () => bench.visit(CLIENT));
}

const players: Player[] = [];
allocations("a player", "player", 1, () => {
	players.push(new Player({ powerLimit: 2000, milliampsPerLed: 55, order: orderOf("GRB") }));
});
// The K1 has one of its own.
players.length = 0;
const { player } = bench.device.lamp;
bench.device.lamp.stop(0);
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
	if (path === "--answers") continue;
	const kind = path.slice(path.lastIndexOf("/") + 1);
	prismUpload(`checking ${kind}, 4,093-byte chunks`, path, 4093);
	prismUpload(`checking ${kind}, 1,024-byte chunks`, path, 1024);
	playback(path);
}
lamp(Process.args.find((path) => path.endsWith("waves.prism")) ?? "");
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

bench.open(CLIENT);
frames("684 empty pings", 684, 0x89, "");
Peer.sendFrame(CLIENT, 0x82, "10000161");
frames("400 chunks of one byte", 400, 0x82, "11000100");
Peer.sendFrame(CLIENT, 0x82, "12000100");
times(20, () => Peer.sendUpload(CLIENT, "pattern", 1, 4093, 1));
longest("20 uploads of one byte", CLIENT);
Peer.sendUpload(CLIENT, "pattern", 524_288, 4093, 1);
longest("an upload of 512 KiB", CLIENT);
Peer.sendUpload(CLIENT, "pattern", 1, 4093, 1);
longest("an upload in the place of that", CLIENT);
frames("400 questions for STATUS", 400, 0x82, STATUS);
frames("100 questions for LIST of 64", 100, 0x82, LIST);
Peer.sendFrame(CLIENT, 0x02, "11");
frames("400 fragments of one byte", 400, 0x00, "00");
bench.drop(CLIENT);

const GET = "GET / HTTP/1.1";
const HOST = "Host: 192.168.1.30";
const BROWSER_FIELDS = [
	"Connection: keep-alive",
	"Cache-Control: max-age=0",
	"Upgrade-Insecure-Requests: 1",
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
	"Referer: http://192.168.1.30/",
	"Accept-Encoding: gzip, deflate",
	"Accept-Language: en-US,en;q=0.9,de;q=0.8",
	"Cookie: theme=dark",
];
const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
bench.connect(BROWSER);
Peer.sendText(BROWSER, `HEAD /patterns/pattern HTTP/1.1\r\n${HOST}\r\n\r\n`);
bench.deliver(BROWSER);
const head = text(Peer.heard(BROWSER, 300));
const tag = head.slice(head.indexOf("ETag: ") + 6, head.indexOf("\r\nAccept-Ranges"));
bench.drop(BROWSER);
request("a page", GET, HOST);
request("a browser's head", GET, HOST, ...BROWSER_FIELDS);
request(
	"a head of 60 fields",
	GET,
	HOST,
	...Array.from({ length: 60 }, (_, i) => `X-Some-Field-${i}: ${"v".repeat(44)}`),
);
request("a head of 60 odd names", GET, HOST, ...Array.from({ length: 60 }, (_, i) => `${"~'|".repeat(20)}${i}: v`));
request("a head of one field 60 times", GET, HOST, ...Array.from({ length: 60 }, () => "Connection: a"));
request("a target of 500 bytes", `GET /${"%C3%A4".repeat(80)} HTTP/1.1`, HOST);
request("a query of 500 bytes", `GET /patterns/a?${"token=".repeat(80)} HTTP/1.1`, HOST);
request("a Host of digits", GET, `Host: ${"1".repeat(250)}`);
request("a Host of dots", GET, `Host: ${"1.".repeat(120)}`);
request("a Host in brackets", GET, `Host: [${":".repeat(245)}]`);
request("a port of digits", GET, `Host: a:${"1".repeat(245)}`);
request("a length of digits", GET, HOST, `Content-Length: ${"0".repeat(240)}`);
request("a Range of digits", "GET /patterns/pattern HTTP/1.1", HOST, `Range: bytes=${"0".repeat(240)}-`);
request("an If-None-Match of blanks", "GET /patterns/pattern HTTP/1.1", HOST, `If-None-Match: a${"\t".repeat(250)}b`);
request("an If-None-Match of tags", "GET /patterns/pattern HTTP/1.1", HOST, `If-None-Match: ${tag.repeat(13)}`);
request("a Connection of closes", GET, HOST, `Connection: ${"close".repeat(50)}`);
request(
	"an Upgrade of blanks",
	"GET /ws HTTP/1.1",
	HOST,
	`Upgrade: ${"websocket ".repeat(25)}`,
	"Connection: Upgrade",
	KEY,
);
request("a handshake", ...UPGRADE.split("\r\n").slice(0, -2));
bench.connect(BROWSER);
times(19, () => Peer.sendText(BROWSER, `${GET}\r\n${HOST}\r\n\r\n`));
longest("19 pages at once", BROWSER);
bench.drop(BROWSER);

measure("comparing a token of 128 characters", "call", 10, () =>
	times(10, () => isSameSecret("x".repeat(128), "secret")),
);
measure("garbage collection", "collection", 10, () => times(10, () => Heap.collect()));
