/** Pictures as rows of LEDs: a row a frame. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type DecodedPng, decode, encode } from "fast-png";
import { decompressFrames, type ParsedFrame, parseGIF } from "gifuct-js";
import { MOST_LEDS } from "../../../modules/pattern/decoder-state.js";
import { Failure } from "../failure.js";

/** Frames out of a picture. */
export interface Rows {
	/** R, G, B for each LED. */
	readonly frames: readonly Uint8Array[];
	/** Frames a second where the picture says it. */
	readonly fps: number | undefined;
	/** Texts that the picture carries, by their names. */
	readonly text: Readonly<Record<string, string>>;
}

/** An image of R, G, B, transparent parts being black. */
interface Image {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint8Array;
}

/** Frames a second that a GIF gets at the most: delays are in hundredths of a second. */
const MOST_GIF_FPS = 100;

/**
 * Reads a picture: a PNG of which each row is a frame, a GIF, or a folder of PNGs of which each is a frame.
 * @throws Failure for anything else
 */
export function readRows(path: string): Rows {
	if (statSync(path).isDirectory()) return rowsOfFolder(path);
	const bytes = readFileSync(path);
	if (bytes.toString("latin1", 0, 3) === "GIF") return rowsOfGif(path, bytes);
	const { image, text } = readPng(path, bytes);
	const frames: Uint8Array[] = [];
	for (let row = 0; row < image.height; row++) frames.push(rowOf(image, row));
	return { frames, fps: undefined, text };
}

/** A PNG of R, G, B with a row a frame. @param text what it carries, by names of Latin-1 */
export function pngOf(frames: readonly Uint8Array[], text: Record<string, string>): Uint8Array {
	const width = frames[0].length / 3;
	const data = new Uint8Array(frames.length * frames[0].length);
	frames.forEach((frame, row) => {
		data.set(frame, row * frame.length);
	});
	return encode({ width, height: frames.length, data, depth: 8, channels: 3, text });
}

function rowsOfFolder(path: string): Rows {
	const names = readdirSync(path).filter((name) => /\.png$/i.test(name));
	if (names.length === 0) throw new Failure(`there are no PNG images in the folder ${path}`);
	// 2.png comes before 10.png.
	names.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
	const frames = names.map((name) => average(readPng(join(path, name), readFileSync(join(path, name))).image));
	const odd = frames.findIndex((frame) => frame.length !== frames[0].length);
	if (odd >= 0) throw new Failure(`${join(path, names[odd])} is not as wide as ${names[0]}`);
	return { frames, fps: undefined, text: {} };
}

function readPng(path: string, bytes: Uint8Array): { image: Image; text: Record<string, string> } {
	try {
		const png = decode(bytes);
		const { width, height, text } = png;
		const pixels = new Uint8Array(3 * width * height);
		for (let i = 0; i < width * height; i++) {
			const [red, green, blue, alpha = 255] = colorOf(png, i);
			pixels.set(
				[red, green, blue].map((value) => Math.round((value * alpha) / 255)),
				3 * i,
			);
		}
		return { image: { width, height, pixels }, text };
	} catch (error) {
		throw new Failure(`${path} is no PNG or GIF that can be read (${(error as Error).message})`);
	}
}

/** R, G, B and perhaps alpha of a pixel, 0 to 255 each. */
function colorOf({ data, depth, channels, palette, width }: DecodedPng, pixel: number): readonly number[] {
	if (palette !== undefined) return palette[packed(data, pixel, width, depth)];
	if (channels === 1) {
		const grey = (packed(data, pixel, width, depth) * 255) / (2 ** depth - 1);
		return [grey, grey, grey];
	}
	const values = Array.from(data.subarray(channels * pixel, channels * (pixel + 1)), (value) =>
		depth === 16 ? value / 257 : value,
	);
	return channels === 2 ? [values[0], values[0], values[0], values[1]] : values;
}

/** The value of a pixel of which several are in a byte; rows begin with a byte of their own. */
function packed(data: ArrayLike<number>, pixel: number, width: number, depth: number): number {
	if (depth >= 8) return data[pixel];
	const rowBytes = Math.ceil((width * depth) / 8);
	const row = Math.floor(pixel / width);
	const bit = (pixel % width) * depth;
	const byte = data[row * rowBytes + (bit >> 3)];
	return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

function rowOf({ width, pixels }: Image, row: number): Uint8Array {
	return pixels.slice(3 * width * row, 3 * width * (row + 1));
}

/** The middle of all rows: what is the same in all of them stays exactly so. */
function average({ width, height, pixels }: Image): Uint8Array {
	const frame = new Uint8Array(3 * width);
	for (let i = 0; i < frame.length; i++) {
		let sum = 0;
		for (let row = 0; row < height; row++) sum += pixels[3 * width * row + i];
		frame[i] = Math.round(sum / height);
	}
	return frame;
}

function rowsOfGif(path: string, bytes: Buffer): Rows {
	let parsed: ParsedFrame[];
	let width: number;
	let height: number;
	try {
		const gif = parseGIF(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
		({ width, height } = gif.lsd);
		parsed = decompressFrames(gif, true);
	} catch (error) {
		throw new Failure(`${path} is a GIF that cannot be read (${(error as Error).message})`);
	}
	if (parsed.length === 0) throw new Failure(`${path} is a GIF without an image`);
	// Browsers show what has hardly any delay, or none, at 10 frames a second.
	const delays = parsed.map(({ delay }) => (delay >= 20 ? delay : 100));
	const shortest = Math.min(...delays);
	const canvas = new Uint8Array(3 * width * height);
	const frames: Uint8Array[] = [];
	let time = 0;
	parsed.forEach((frame, i) => {
		const before = canvas.slice();
		draw(canvas, width, frame);
		const row = average({ width, height, pixels: canvas });
		// A frame that is shown longer is there as often as that takes.
		time += delays[i];
		while (frames.length * shortest < time - shortest / 2) frames.push(row);
		if (frame.disposalType === 2) clear(canvas, width, frame);
		if (frame.disposalType === 3) canvas.set(before);
	});
	return { frames, fps: Math.min(MOST_GIF_FPS, 1000 / shortest), text: {} };
}

function draw(canvas: Uint8Array, width: number, { dims, patch }: ParsedFrame): void {
	for (let y = 0; y < dims.height; y++) {
		for (let x = 0; x < dims.width; x++) {
			const from = 4 * (y * dims.width + x);
			const to = 3 * ((dims.top + y) * width + dims.left + x);
			if (patch[from + 3] !== 0) canvas.set(patch.subarray(from, from + 3), to);
		}
	}
}

function clear(canvas: Uint8Array, width: number, { dims }: ParsedFrame): void {
	for (let y = 0; y < dims.height; y++) {
		const start = 3 * ((dims.top + y) * width + dims.left);
		canvas.fill(0, start, start + 3 * dims.width);
	}
}

/** @throws Failure where a picture is too wide for the LEDs that there are */
export function checkWidth(path: string, frames: readonly Uint8Array[]): void {
	const width = frames[0].length / 3;
	if (width > MOST_LEDS) {
		throw new Failure(`${path} is ${width} pixels wide, and there are ${MOST_LEDS} LEDs; --leds N makes it fit`);
	}
}
