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
