import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { buildXs } from "../../../host-shim/xs/build.js";
import { equal, ok } from "../../support/assert.js";
import { ended, Programs } from "./program.js";

/** Sends pictures, each of one byte's value throughout, and prints when each began; between them 6 ms, or what is given. */
function sends(count: number, interval = 6): string {
	return `import { read, send, start, time } from "xs/leds";
import Timer from "timer";
start();
const pixels = new Uint8Array(960);
let sent = 0, refused = 0;
const timer = Timer.repeat(() => {
	pixels.fill(sent & 255);
	if (!send(pixels)) { refused++; return; }
	trace("began " + time() + "\\n");
	if (read(pixels) !== ++sent) throw new Error("count");
	if (sent === ${count}) { Timer.clear(timer); trace("refused " + refused + "\\n"); }
}, ${interval});
`;
}

describe("the XS host's LEDs", () => {
	const programs = new Programs();
	let program = "";
	before(async () => {
		await programs.build();
		program = await buildXs({ bits: 64 });
	});
	after(() => programs.remove());

	function startWithPipe(text: string): { child: ChildProcess; pictures: Readable } {
		const args = ["--pictures", "3", programs.write("leds.js", text)];
		const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
		return { child, pictures: child.stdio[3] as Readable };
	}

	it("are busy with a picture for 4.9 ms", async () => {
		const { code, output } = await programs.runText(sends(30, 1));
		equal(code, 0);
		const began = [...output.matchAll(/^began (.*)$/gm)].map(([, time]) => Number(time));
		equal(began.length, 30);
		for (let i = 1; i < 30; i++) ok(began[i] - began[i - 1] >= 4.9152, `${began[i] - began[i - 1]} ms`);
		ok(Number(/refused (\d+)/.exec(output)?.[1]) > 0, output);
	});

	it("read colors, green first, and write each picture to the descriptor", async () => {
		const text = `import { read, send } from "xs/leds";
const pixels = new Uint8Array(960);
for (let i = 0; i < 960; i++) pixels[i] = i * 7 + (i >> 8);
trace(send(pixels) + " " + send(pixels) + "\\n");
trace(read(pixels) + "\\n");
`;
		const { child, pictures } = startWithPipe(text);
		const bytes: Buffer[] = [];
		pictures.on("data", (data: Buffer) => bytes.push(data));
		const { code, output } = await ended(child);
		equal(code, 0);
		equal(output, "true false\n1\n");
		const sent = Buffer.from(Array.from({ length: 960 }, (_, i) => i * 7 + (i >> 8)));
		const expected = Buffer.from(sent.map((_, i) => sent[i - (i % 3) + [1, 0, 2][i % 3]]));
		ok(Buffer.concat(bytes).equals(expected));
	});

	it("leave out pictures that nobody reads, whole ones, and do not wait", async () => {
		// More than any pipe holds.
		const { child, pictures } = startWithPipe(sends(500, 5));
		const bytes: Buffer[] = [];
		child.on("exit", () => pictures.on("data", (data: Buffer) => bytes.push(data)));
		equal((await ended(child)).code, 0);
		const all = Buffer.concat(bytes);
		ok(all.length > 0 && all.length < 500 * 960, `${all.length}`);
		equal(all.length % 960, 0);
		for (let at = 0; at < all.length; at += 960) ok(all.subarray(at, at + 960).every((byte) => byte === all[at]));
	}).timeout(20_000);

	it("go on when the reader goes away", async () => {
		const { child, pictures } = startWithPipe(sends(10));
		pictures.once("data", () => pictures.destroy());
		equal((await ended(child)).code, 0);
	});

	it("take pictures of 960 bytes alone", async () => {
		const { code, errors } = await programs.runText('import { send } from "xs/leds"; send(new Uint8Array(480));');
		equal(code, 83);
		ok(errors.includes("RangeError: a picture has 960 bytes"), errors);
	});

	it("refuse a descriptor that is not there", async () => {
		const run = await programs.run("--pictures", "9", programs.write("none.js", ""));
		equal(run.code, 66);
	});
});
