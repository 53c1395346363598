/** Messages to the device and from it, as bytes (docs/protocol.md, "Messages"). */

import { readU16, readU32, writeU16, writeU32 } from "../../modules/bytes/big-endian.js";
import { decodeLatin1, encodeUtf8 } from "../../modules/bytes/bytes.js";
import { NAME_INVALID } from "../../modules/core/errors.js";
import { HEADER_SIZE, writeHeader } from "../../modules/tlv/frame.js";
import { isName, MAX_NAME } from "../../modules/tlv/name.js";
import { ArgumentError, DeviceError } from "./errors.js";
import type { Frame, Listed, LogLine, PlayingState, State, Status, TransferState } from "./types.js";

/** Bytes of a PUT_CHUNK's value, the most that a frame takes. */
export const CHUNK = 4093;

const TRANSFER_STATES: readonly TransferState[] = ["idle", "receiving", "validating", "storing"];
const PLAYING_STATES: readonly PlayingState[] = ["stopped", "playing", "paused", "live"];

/** Levels of the log, by number. */
export const LOG_LEVELS: readonly LogLine["level"][] = ["gap", "error", "warn", "info", "debug"];

/** A frame with this value. */
export function frame(type: number, value: Uint8Array = new Uint8Array(0)): Uint8Array {
	const bytes = new Uint8Array(HEADER_SIZE + value.length);
	bytes.set(value, HEADER_SIZE);
	writeHeader(bytes, 0, type, bytes.length);
	return bytes;
}

/**
 * A pattern's name as bytes.
 * @throws ArgumentError for what is none
 */
export function nameBytes(name: string): Uint8Array {
	const bytes = new Uint8Array(4 * MAX_NAME);
	const end = typeof name === "string" && name.length <= MAX_NAME ? encodeUtf8(name, bytes, 0) : 0;
	if (!isName(bytes, 0, end)) throw new ArgumentError(`"${name}" cannot be a pattern's name: ${NAME_INVALID.reason}`);
	return bytes.slice(0, end);
}

/** The value of a PUT_BEGIN. @param size bytes, and `crc` their CRC-32; undefined: not known yet */
export function beginValue(name: Uint8Array, size?: number, crc?: number): Uint8Array {
	const bytes = new Uint8Array(name.length + 9);
	bytes.set(name);
	let end = name.length;
	if (size !== undefined) end = writeU32(bytes, end + 1, size);
	if (size !== undefined && crc !== undefined) end = writeU32(bytes, end, crc);
	return bytes.subarray(0, end);
}

/** A u32 on its own, the value of a PUT_END. */
export function u32Value(value: number): Uint8Array {
	const bytes = new Uint8Array(4);
	writeU32(bytes, 0, value);
	return bytes;
}

/** The value of a CONTROL: the command, and then these bytes. */
export function controlValue(command: number, rest: Uint8Array = new Uint8Array(0)): Uint8Array {
	const bytes = new Uint8Array(1 + rest.length);
	bytes[0] = command;
	bytes.set(rest, 1);
	return bytes;
}

/** Numbers as the arguments of a CONTROL, big-endian, each in so many bytes, 1 or 2. */
export function argumentBytes(...numbers: readonly (readonly [value: number, size: 1 | 2])[]): Uint8Array {
	const bytes = new Uint8Array(numbers.reduce((sum, [, size]) => sum + size, 0));
	let at = 0;
	for (const [value, size] of numbers) {
		if (size === 1) bytes[at] = value;
		else writeU16(bytes, at, value);
		at += size;
	}
	return bytes;
}

/** Reads the value of a LIST. */
export function readList(value: Uint8Array): Listed[] {
	const listed: Listed[] = [];
	let at = 1;
	for (let i = 0; i < value[0]; i++) {
		const end = at + 1 + value[at];
		listed.push({
			name: decodeLatin1(value, at + 1, end),
			size: readU32(value, end),
			crc32: hex32(readU32(value, end + 4)),
		});
		at = end + 8;
	}
	return listed;
}

/** A CRC-32 as eight hex digits. */
export function hex32(crc: number): string {
	return crc.toString(16).padStart(8, "0");
}

/** Reads the metrics record. */
export function readStatus(value: Uint8Array): Status {
	return {
		state: TRANSFER_STATES[value[2]] ?? "idle",
		clients: value[3],
		uptime: readU32(value, 4),
		heap: {
			size: readU32(value, 8),
			free: readU32(value, 12),
			leastFree: readU32(value, 16),
			largestFree: readU32(value, 20),
		},
		blocks: {
			total: readU16(value, 24),
			inUse: readU16(value, 26),
			highest: readU16(value, 28),
			refused: readU16(value, 30),
		},
		cache: { hits: readU32(value, 32), misses: readU32(value, 36), bytes: readU32(value, 40) },
		patterns: readU16(value, 44),
		mostPatterns: readU16(value, 46),
		storage: { used: readU32(value, 48), size: readU32(value, 52), ready: readU32(value, 68) },
		frames: readU32(value, 56),
		errors: readU32(value, 60),
		uploaded: readU32(value, 64),
	};
}

/** Reads a PLAYBACK. */
export function readState(value: Uint8Array): State {
	const nameStart = 31;
	return {
		state: PLAYING_STATES[value[1]] ?? "stopped",
		pattern: decodeLatin1(value, nameStart, Math.min(value.length, nameStart + value[30])),
		brightness: value[3],
		gamma: readU16(value, 4),
		fps: readU32(value, 6) / 256,
		frame: readU32(value, 10),
		frames: readU32(value, 14),
		shown: readU32(value, 18),
		skipped: readU32(value, 22),
		milliamps: readU16(value, 26),
		limit: readU16(value, 28),
	};
}

/** Reads a FRAME; its colors are the message's own bytes. */
export function readFrame(value: Uint8Array): Frame {
	const leds = readU16(value, 4);
	return { frame: readU32(value, 0), leds, colors: value.subarray(6, 6 + 3 * leds) };
}

/** Reads a LINE. */
export function readLine(value: Uint8Array): LogLine {
	const text = new TextDecoder().decode(value.subarray(5));
	return { level: LOG_LEVELS[value[0]] ?? "debug", ms: readU32(value, 1), text };
}

/** Reads an ERROR. */
export function readError(value: Uint8Array): DeviceError {
	return new DeviceError(value[0], decodeLatin1(value, Math.min(5, value.length), value.length), readU32(value, 1));
}
