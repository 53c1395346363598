import { Peer } from "xs/fixture";
import Process from "xs/process";
import { start, stop } from "xs/profile";
import { Player } from "../../../modules/playback/player.js";
import { writeSignal } from "../../../modules/playback/render.js";
import { signalLength } from "../../../modules/playback/signal.js";
import { orderOf, STRIP_BYTES, STRIP_LEDS } from "../../../modules/playback/strips.js";
import { ascii } from "../../support/hex.js";
import { Bench } from "./bench.js";

/* Does one thing again and again while calls are counted: see profile.ts. Runs on k1-bench. */

const BINARY = 0x82;
const [what = "upload", count = "100", path = ""] = Process.args;
const times = Number(count);

const bench = new Bench();

function uploads(chunk: number): void {
	bench.tidy();
	Peer.sendUpload(0, "pattern", times * chunk, chunk, 1);
	start();
	bench.deliver(0);
}

function messages(text: string): void {
	for (let i = 0; i < times; i++) Peer.sendFrame(0, BINARY, text);
	start();
	bench.deliver(0, 9);
}

/** Frames of a stored pattern, from flash to the signal. */
function play(): void {
	const player = new Player({ powerLimit: 2000, milliampsPerLed: 55, order: orderOf("GRB") });
	const signal = new Uint8Array(signalLength(STRIP_LEDS));
	const name = ascii("pattern");
	const source = bench.device.store.open(name, 0, name.length);
	if (source === undefined) throw new Error("the pattern is not there");
	player.play(source, 0, 0);
	start();
	for (let i = 0, now = 0; i < times; i++) {
		now += player.wait(now);
		player.tick(now);
		writeSignal(signal, 0, player.output, 0, STRIP_BYTES);
		writeSignal(signal, 0, player.output, STRIP_BYTES, 2 * STRIP_BYTES);
	}
}

bench.open(0);
uploads(1000);
stop();
trace("# from here\n");
switch (what) {
	case "upload":
		uploads(4093);
		break;
	case "upload-1024":
		uploads(1024);
		break;
	case "prism":
		bench.tidy();
		for (let i = 0; i < times; i++) Peer.sendFile(0, "pattern", path, 4093);
		start();
		bench.deliver(0);
		break;
	case "play":
		Peer.sendFile(0, "pattern", path, 4093);
		bench.deliver(0);
		play();
		break;
	case "status":
		messages("300000");
		break;
	case "list":
		for (let i = 0; i < 64; i++) {
			Peer.sendUpload(0, `pattern number ${i}`, 100, 4093, i);
			bench.deliver(0);
		}
		messages("210000");
		break;
	case "small-upload":
		bench.tidy();
		for (let i = 0; i < times; i++) Peer.sendUpload(0, "pattern", 1024, 1024, i);
		start();
		bench.deliver(0);
		break;
	default:
		bench.close(0);
		start();
		for (let i = 0; i < times; i++) bench.visit(0);
}
stop();
