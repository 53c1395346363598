import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equal } from "../../support/assert.js";
import { decodePayload } from "../../support/reference-prism.js";

const EXAMPLES = fileURLToPath(new URL("../../../examples/patterns/", import.meta.url));
/** A folder with more .prism files, whose index.json has for each a `file` and the `frames_sha256` that another decoder came to. */
const SAMPLES = process.env.K1_SAMPLES;

function sha256(frames: readonly Uint8Array[]): string {
	const hash = createHash("sha256");
	for (const frame of frames) hash.update(frame);
	return hash.digest("hex");
}

/** What the frames of a file are, by the tests' own decoder: G, R, B of each LED. */
function referenceSha256(file: Buffer): string {
	const header = file.readUInt16LE(4) === 0x0101 ? 80 : 64;
	const payload = file.subarray(header + 2 + file.readUInt16LE(header), -4);
	const decoded = decodePayload(payload, file.readUInt16LE(6), file.readUInt32LE(8));
	if (typeof decoded === "string") throw new Error(decoded);
	const { palette, frames } = decoded;
	const color = (index: number) => [palette[3 * index + 1], palette[3 * index], palette[3 * index + 2]];
	return sha256(frames.map((frame) => Uint8Array.from([...frame].flatMap(color))));
}

/** Defines the specs of a place, where `played` plays a file and has read its frames, G, R, B: what the LEDs read from their signal are a file's frames, all of them, in order. */
export function playsAllFrames(played: (file: string) => Promise<Uint8Array[]>): void {
	for (const name of readdirSync(EXAMPLES)) {
		it(`brings all frames of ${name} to the LEDs as they are`, async () => {
			const path = join(EXAMPLES, name);
			const file = readFileSync(path);
			const frames = await played(path);
			equal(frames.length, file.readUInt32LE(8));
			equal(sha256(frames), referenceSha256(file));
		}).timeout(60_000);
	}

	if (!SAMPLES) return;
	it("brings those of the files in K1_SAMPLES", async () => {
		for (const { file, frames_sha256 } of JSON.parse(readFileSync(join(SAMPLES, "index.json"), "utf8")))
			equal(sha256(await played(join(SAMPLES, file))), frames_sha256, file);
	}).timeout(240_000);
}
