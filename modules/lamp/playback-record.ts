import { copy, writeU16, writeU32 } from "../bytes/bytes.js";
import { HEADER_SIZE, PLAYBACK, writeHeader } from "../tlv/frame.js";
import { MAX_NAME } from "../tlv/name.js";
import type { Lamp } from "./lamp.js";

/** First byte of the value: the layout below. */
const LAYOUT = 1;
/** Bytes of a PLAYBACK frame at most. */
export const MAX_PLAYBACK = HEADER_SIZE + 31 + MAX_NAME;

/** Writes the PLAYBACK frame (docs/protocol.md, "PLAYBACK"), integers big-endian; returns its end. */
export function writePlayback(target: Uint8Array, start: number, lamp: Lamp): number {
	const { player, name, nameLength } = lamp;
	let at = start + HEADER_SIZE;
	target[at++] = LAYOUT;
	target[at++] = player.state;
	target[at++] = player.brightness.value;
	target[at++] = player.brightness.target;
	at = writeU16(target, at, player.gamma.value);
	at = writeU32(target, at, player.fps256);
	at = writeU32(target, at, player.frame);
	at = writeU32(target, at, player.frames);
	at = writeU32(target, at, player.shown);
	at = writeU32(target, at, player.skipped);
	at = writeU16(target, at, player.milliamps);
	at = writeU16(target, at, lamp.limit);
	target[at++] = nameLength;
	copy(target, at, name, 0, nameLength);
	writeHeader(target, start, PLAYBACK, at + nameLength);
	return at + nameLength;
}
