/**
 * Runs the modules' loops over bytes on inputs that look random and reports what came of each: the same program on Node,
 * where the loops are TypeScript, and on XS, where they are natives, has to report the same.
 */

import { crc32, decodeLatin1 } from "../../modules/bytes/bytes.js";
import { hasMember, isDigits, isIPv4, isKey, takeField } from "../../modules/http/field-values.js";
import { decode } from "../../modules/pattern/decode.js";
import {
	CHECKING,
	FAILED,
	FINISHED,
	FRAMES,
	LEDS,
	PIXELS,
	STATE_SIZE,
	STEP,
	WORDS,
} from "../../modules/pattern/decoder-state.js";
import { dim, drive, mix, paint, paintDelayed, writeLevels, writeSignal } from "../../modules/playback/render.js";
import { wholeMessage, writeHeader } from "../../modules/websocket/headers.js";
import { Random } from "./random.js";

/** Runs so many cases of each kind from `seed`; `report` takes a line each. */
export function runNativeCases(seed: number, cases: number, report: (line: string) => void): void {
	const random = new Random(seed);
	for (let i = 0; i < cases; i++) {
		report(`decode ${i}: ${decodeCase(random)}`);
		report(`render ${i}: ${renderCase(random)}`);
		report(`fields ${i}: ${fieldCase(random)}`);
		report(`headers ${i}: ${headerCase(random)}`);
	}
}

/** A payload in which most is right, up to some fault. */
function payload(random: Random, leds: number): Uint8Array {
	const bytes = new Uint8Array(2500);
	const colors = random.oneIn(20) ? random.below(256) : random.oneIn(2) ? 64 : 1 + random.below(64);
	let end = 0;
	bytes[end++] = colors;
	bytes[end++] = random.oneIn(50) ? 1 : 0;
	for (let i = 0; i < 3 * colors; i++) bytes[end++] = random.below(256);
	for (let frame = 0; end < 1500; frame++) {
		const flags = random.oneIn(60) ? random.below(256) : frame === 0 ? random.below(2) * 2 : random.below(4);
		const start = end;
		end += 3;
		bytes[start] = flags;
		let left = leds;
		while (left > 0 && end < 2400) {
			const index = random.oneIn(300) ? random.below(256) : random.below(colors);
			if ((flags & 2) !== 0 && random.oneIn(2)) {
				const run = random.oneIn(200) ? random.below(128) : Math.min(left, 1 + random.below(127));
				bytes[end++] = 0x80 | run;
				left -= run;
			} else left--;
			bytes[end++] = random.oneIn(3) ? 0 : index;
		}
		const length = end - start - 3 + (random.oneIn(80) ? random.below(3) - 1 : 0);
		bytes[start + 1] = length;
		bytes[start + 2] = length >> 8;
	}
	return bytes.subarray(0, end);
}

/** Decodes a payload in pieces, and sums up every state and every answer on the way. */
function decodeCase(random: Random): string {
	const leds = [1, 5, 100, 159, 160, 161, 320][random.below(7)];
	const bytes = payload(random, leds);
	const state = new Uint8Array(STATE_SIZE);
	const words = new Uint32Array(state.buffer, 0, WORDS);
	words[LEDS] = leds;
	words[FRAMES] = 1 + random.below(12);
	words[CHECKING] = random.below(2);
	const piece = 1 + random.below(random.oneIn(2) ? 8 : 400);
	let crc = 0;
	let at = 0;
	let answers = "";
	for (let end = 0; end < bytes.length && words[STEP] < FINISHED; ) {
		end = Math.min(end + piece, bytes.length);
		while (at < end && words[STEP] < FINISHED) {
			at = decode(state, bytes, at, end, 1 + random.below(3));
			// After a fault the frame is of no use, and may differ.
			crc = crc32(crc, state, 0, words[STEP] === FAILED ? PIXELS : STATE_SIZE);
			if (answers.length < 40) answers += ` ${at}`;
		}
	}
	return `${crc} ${words.join(" ")} ${answers}`;
}

/** Everything of render.ts once, and sums of what it wrote and answered. */
function renderCase(random: Random): string {
	const leds = 1 + random.below(160);
	const at = random.below(4);
	const end = at + 3 * leds + random.below(20);
	const palette = noise(random, 196);
	const indices = noise(random, 700).map((byte) => (random.oneIn(9) ? byte : byte & 63));
	const levels = new Uint8Array(256);
	const from = noise(random, 520);
	const colors = new Uint8Array(520);
	const output = new Uint8Array(520);
	const signal = new Uint8Array(1570);
	const answers: number[] = [];
	const written = (bytes: Uint8Array) => answers.push(crc32(0, bytes, 0, bytes.length));
	paint(colors, at, end, indices, at, at + leds, palette, random.below(2));
	written(colors);
	const stride = leds + random.below(3);
	const newest = random.below(Math.floor(indices.length / stride));
	paintDelayed(colors, at, end, indices, stride, newest, from, leds, palette, random.below(2));
	written(colors);
	mix(colors, from, at, end, random.below(257));
	written(colors);
	writeLevels(levels, random.oneIn(3) ? 100 : 100 + random.below(301), random.below(256));
	written(levels);
	answers.push(drive(output, colors, at, at + 3 * leds, levels, random.oneIn(2) ? 33 : 6));
	written(output);
	answers.push(dim(output, at, end, random.below(65_537)));
	written(output);
	writeSignal(signal, random.below(4), output, at, end);
	written(signal);
	return answers.join(" ");
}

const FIELD_PARTS = [
	"Host:k1:80",
	"host: 192.168.4.1",
	"CONNECTION:  keep-alive , Upgrade\t",
	"Content-Length: 17",
	"content-length:",
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
	"If-None-Match",
	"Transfer-Encoding",
	"X-Other: some",
	":",
	" \t",
	"\u00a0",
	"a b",
	",",
	"websocket",
	"WebSocket",
	"\u00c4\u00ff",
	"\u007f",
	"x".repeat(60),
	"v".repeat(250),
];
const TEXT_PARTS = [
	"1",
	"25",
	"255",
	"256",
	".",
	"0",
	"dGhlIHNhbXBsZSBub25j",
	"ZQ==",
	"Zg==",
	"A",
	"=",
	" ",
	"\u00e4",
	",",
];

function oneOf(random: Random, parts: readonly string[], most: number): string {
	let text = "";
	for (let i = random.below(most + 1); i > 0; i--) text += parts[random.below(parts.length)];
	return text;
}

/** Everything of field-values.ts: on a line that is put together, on one with a byte of noise in it, and on short texts. */
function fieldCase(random: Random): string {
	const text = oneOf(random, FIELD_PARTS, 4);
	const line = new Uint8Array(text.length + 4);
	for (let i = 0; i < text.length; i++) line[i + 2] = text.charCodeAt(i);
	const answers: unknown[] = [takeField(line, 2, text.length + 2)];
	const value = decodeLatin1(line, 2, text.length + 2);
	answers.push(hasMember(value, "websocket", true), hasMember(value, "websocket", false));
	line[2 + random.below(text.length + 1)] = random.below(256);
	answers.push(takeField(line, 2, text.length + 2));
	const end = 1 + random.below(line.length + 2);
	try {
		answers.push(takeField(line, random.below(4), end));
	} catch (error) {
		answers.push(error instanceof RangeError);
	}
	for (let i = 0; i < 4; i++) {
		const short = i === 0 ? Array.from({ length: 4 }, () => random.below(300)).join(".") : oneOf(random, TEXT_PARTS, 7);
		answers.push(isDigits(short), isIPv4(short), isKey(short), hasMember(short, "25", false));
	}
	answers.push(isKey(oneOf(random, TEXT_PARTS.slice(6, 8), 2)), hasMember(undefined, "a", true));
	return answers.join(" ");
}

/** Everything of websocket/headers.ts: what comes, most of it right, and what goes, in a place that may be too near the start. */
function headerCase(random: Random): string {
	const bytes = noise(random, 150);
	const block = new Uint8Array(random.oneIn(8) ? 2 : 140);
	const long = random.oneIn(2);
	const length = long ? 126 + random.below(20) : random.below(12);
	bytes[0] = random.oneIn(9) ? bytes[0] : 0x82;
	bytes[1] = random.oneIn(9) ? bytes[1] : 0x80 | (long ? 126 : length);
	if (long && !random.oneIn(9)) bytes.set([random.oneIn(9) ? 1 : 0, random.oneIn(9) ? 125 : length], 2);
	const header = long ? 8 : 6;
	const n = random.oneIn(9) ? random.below(160) : random.oneIn(2) ? header : header + length;
	const answers: unknown[] = [];
	const tried = (run: () => number) => {
		try {
			answers.push(run());
		} catch (error) {
			answers.push(error instanceof RangeError);
		}
	};
	tried(() => wholeMessage(bytes, n, block));
	const start = random.oneIn(9) ? 140 + random.below(20) : random.below(16);
	const payload = [random.below(126), 126 + random.below(2), random.below(70_000), 2 ** 32 * random.below(2 ** 20) + 5];
	payload.push([-1, 2 ** 53, 0.5][random.below(3)]);
	tried(() => writeHeader(bytes, start, random.below(16), random.oneIn(2), payload[random.below(5)]));
	return `${crc32(0, block, 0, block.length)} ${crc32(0, bytes, 0, bytes.length)} ${answers.join(" ")}`;
}

function noise(random: Random, length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let i = 0; i < length; i++) bytes[i] = random.below(256);
	return bytes;
}
