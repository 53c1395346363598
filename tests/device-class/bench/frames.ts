import { Peer } from "xs/fixture";
import Process from "xs/process";
import { STRIP_BYTES } from "../../../modules/playback/strips.js";
import { Bench, expectBytes, STATUS_OK } from "./bench.js";

/*
 * Uploads a pattern to a whole K1 without a power limit, which plays it, and prints a JSON object for each frame of one loop: what strip 1
 * gets, in hexadecimal digits. The argument is the pattern's file.
 */

/** ms; less than a frame's at any rate. */
const STEP = 5;
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const bench = new Bench({ powerLimit: 0 });
const { player } = bench.device.lamp;

/** In pieces, for which the device's pools have room beside a K1 that plays. */
function print(bytes: Uint8Array, end: number): void {
	trace('{ "name": "strip 1", "unit": "frame", "pixels": "');
	for (let at = 0; at < end; ) {
		let digits = "";
		for (const stop = Math.min(end, at + 24); at < stop; at++) digits += DIGITS[bytes[at]];
		trace(digits);
	}
	trace('" }\n');
}

bench.tidy();
bench.open(0);
Peer.sendFile(0, "light", Process.args[0] ?? "", 4093);
bench.deliver(0);
expectBytes(0, STATUS_OK + STATUS_OK);
bench.close(0);
// The fade from darkness is over.
bench.pass(500, STEP);

let next = 0;
bench.onPicture = (pixels) => {
	if (player.frame !== next) return;
	print(pixels, STRIP_BYTES);
	next++;
};
while (next < player.frames) bench.pass(STEP, STEP);
