import { Peer } from "xs/fixture";
import Process from "xs/process";
import { start, stop } from "xs/profile";
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

/** Frames of a stored pattern at 60 a second, from flash to the signal; the first one that is stored plays. */
function play(): void {
	Peer.sendFile(0, "pattern", path, 4093);
	bench.deliver(0);
	bench.say(0, "22000801" + "7061747465726e");
	bench.pass(1000, 17);
	if (what === "watch") {
		bench.say(0, "220002201e");
		bench.open(1);
		bench.say(1, "220002201e");
	}
	start();
	bench.pass(17 * times, 17);
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
	case "watch":
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
