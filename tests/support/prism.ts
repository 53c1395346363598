/** Small .prism files, made byte by byte so that each rule can be broken. Little-endian. */

import { crc32 } from "../../modules/bytes/bytes.js";

export interface PrismOptions {
	version?: number;
	leds?: number;
	frames?: number;
	/** Frames per second, times 256. */
	fps?: number;
	json?: string;
	payload?: Uint8Array;
}

/** A .prism file with right CRCs, whatever its fields say. */
export function prismFile(options: PrismOptions = {}): Uint8Array {
	const { version = 0x0100, leds = 160, frames = 2, fps = 24 * 256, json = '{"a":1}' } = options;
	const payload =
		options.payload ?? Uint8Array.from([1, 0, 9, 8, 7, 2, 3, 0, 0xff, 0x00, 0xa1, 0, 2, 3, 0, 0xff, 0, 0xa1, 0]);
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
	view.setUint32(bytes.length - 4, crc32(0, payload, 0, payload.length), true);
	sealHeader(bytes);
	return bytes;
}

/** Makes the header's CRC right again. */
export function sealHeader(bytes: Uint8Array): void {
	const view = new DataView(bytes.buffer);
	let crc = crc32(0, bytes, 0, 20);
	if (view.getUint16(4, true) === 0x0101) crc = crc32(crc, bytes, 64, 70);
	view.setUint32(20, crc, true);
}
