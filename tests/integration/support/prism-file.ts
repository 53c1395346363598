import { crc32 } from "../../../modules/bytes/bytes.js";

/** What the file is to say. */
export interface PrismOptions {
	/** 0x0100 or 0x0101. */
	version?: number;
	leds?: number;
	frames?: number;
	fps?: number;
	metadata?: string;
	/** Colors of the palette. */
	palette?: number;
}

/** Makes a .prism file (docs/protocol.md, "What VALIDATING checks"): raw frames of 160 palette indices. */
export function prismFile(options: PrismOptions = {}): Buffer {
	const { version = 0x0101, leds = 160, frames = 12, fps = 24, metadata = '{"name":"spec"}', palette = 16 } = options;
	const head = Buffer.alloc(version === 0x0101 ? 80 : 64);
	head.write("PRSM", "latin1");
	head.writeUInt16LE(version, 4);
	head.writeUInt16LE(leds, 6);
	head.writeUInt32LE(frames, 8);
	head.writeUInt32LE(fps * 256, 12);
	head[16] = 1;
	if (version === 0x0101) head.set([1, 2, 3, 0, 10, 0], 64);
	let crc = crc32(0, head, 0, 20);
	if (version === 0x0101) crc = crc32(crc, head, 64, 70);
	head.writeUInt32LE(crc, 20);
	const json = Buffer.from(metadata);
	const length = Buffer.alloc(2);
	length.writeUInt16LE(json.length);
	const colors = Buffer.alloc(2 + 3 * palette);
	colors.writeUInt16LE(palette);
	for (let i = 2; i < colors.length; i++) colors[i] = (37 * i) & 0xff;
	const strips = Array.from({ length: frames }, (_, frame) => {
		const strip = Buffer.alloc(3 + 160);
		strip.writeUInt16LE(160, 1);
		for (let led = 0; led < 160; led++) strip[3 + led] = (frame + led) % palette;
		return strip;
	});
	const payload = Buffer.concat([colors, ...strips]);
	const trailer = Buffer.alloc(4);
	trailer.writeUInt32LE(crc32(0, payload, 0, payload.length));
	return Buffer.concat([head, length, json, payload, trailer]);
}

/** The same bytes with one bit changed. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
	const changed = Buffer.from(bytes);
	changed[at] ^= 1;
	return changed;
}
