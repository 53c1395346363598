/** Small .prism files, made byte by byte so that each rule can be broken. Little-endian. */

import { crc32 } from "../../modules/bytes/bytes.js";

export interface PrismOptions {
	version?: number;
	leds?: number;
	frames?: number;
	/** Frames per second, times 256. */
	fps?: number;
	json?: string;
	/** Palette and frames; by default one color on all LEDs. */
	payload?: Uint8Array;
}

/** A palette of one color, and frames of run lengths in which all LEDs have it. */
export function plainPayload(leds: number, frames: number): Uint8Array {
	const runs = Math.ceil(leds / 127);
	const bytes = new Uint8Array(5 + frames * (3 + 2 * runs));
	bytes.set([1, 0, 9, 8, 7]);
	for (let at = 5; at < bytes.length; at += 3 + 2 * runs) {
		bytes.set([2, 2 * runs, (2 * runs) >> 8], at);
		for (let run = 0; run < runs; run++) bytes[at + 3 + 2 * run] = 0x80 | Math.min(127, leds - 127 * run);
	}
	return bytes;
}

/** A .prism file of 160 LEDs that are alike, a frame for each color, given as digits RRGGBB. It takes no encoder, and little memory. */
export function solidFile(colors: readonly string[], fps: number): Uint8Array {
	const palette = 2 + 3 * colors.length;
	const payload = new Uint8Array(palette + 7 * colors.length);
	payload[0] = colors.length;
	for (let i = 0; i < colors.length; i++) {
		for (let channel = 0; channel < 3; channel++) {
			payload[2 + 3 * i + channel] = Number.parseInt(colors[i].slice(2 * channel, 2 * channel + 2), 16);
		}
		// Run lengths, 4 bytes: 127 times, and 33 times.
		payload.set([2, 4, 0, 0xff, i, 0xa1, i], palette + 7 * i);
	}
	return prismFile({ frames: colors.length, fps: 256 * fps, payload });
}

/** A .prism file with right CRCs, whatever its fields say. */
export function prismFile(options: PrismOptions = {}): Uint8Array {
	const { version = 0x0100, leds = 160, frames = 2, fps = 24 * 256, json = '{"a":1}' } = options;
	const payload = options.payload ?? plainPayload(leds, frames);
	const header = version === 0x0101 ? 80 : 64;
	const bytes = new Uint8Array(header + 2 + json.length + payload.length + 4);
	const view = new DataView(bytes.buffer);
	bytes.set([0x50, 0x52, 0x53, 0x4d]);
	view.setUint16(4, version, true);
	view.setUint16(6, leds, true);
	view.setUint32(8, frames, true);
	view.setUint32(12, fps, true);
	bytes[16] = 1;
	if (header === 80) bytes.set([1, 2, 3, 0, 4, 5, 6, 7], 64);
	view.setUint16(header, json.length, true);
	for (let i = 0; i < json.length; i++) bytes[header + 2 + i] = json.charCodeAt(i);
	bytes.set(payload, header + 2 + json.length);
	sealHeader(bytes);
	sealPayload(bytes);
	return bytes;
}

/** Makes the payload's CRC right again, where the file has a payload. */
export function sealPayload(bytes: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const header = view.getUint16(4, true) === 0x0101 ? 80 : 64;
	if (bytes.length < header + 2) return;
	const start = header + 2 + view.getUint16(header, true);
	const end = bytes.length - 4;
	if (end >= start) view.setUint32(end, crc32(0, bytes, start, end), true);
}

/** Makes the header's CRC right again. */
export function sealHeader(bytes: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	let crc = crc32(0, bytes, 0, 20);
	if (view.getUint16(4, true) === 0x0101) crc = crc32(crc, bytes, 64, 70);
	view.setUint32(20, crc, true);
}
