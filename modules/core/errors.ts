/**
 * The closed list of what a K1 refuses, and how it says so. Nothing else in the firmware invents an error: a wire
 * code, the WebSocket close code that goes with it (0: the connection stays) and one plain sentence that tells the
 * sender what to do. A sentence is ASCII and at most 96 bytes, the room that an ERROR message has for it.
 */

import { MESSAGE_TOO_BIG, POLICY_VIOLATION, TRY_AGAIN_LATER, UNSUPPORTED_DATA } from "./close-codes.js";

/** Wire codes of the ERROR message (docs/protocol.md, "ERROR"). */
export const MAX_CLIENTS_REACHED = 0x01;
export const BUFFER_OVERFLOW = 0x02;
export const INVALID_TLV = 0x03;
export const STORAGE_FULL = 0x04;
export const PATTERN_NOT_FOUND = 0x05;

/** One way to be refused. */
export interface Refusal {
	/** Wire code, 0x01 to 0x05. */
	readonly code: number;
	/** WebSocket close code (RFC 6455, 7.4.1) that follows the ERROR, or 0 where the connection stays open. */
	readonly close: number;
	/** At most 96 bytes of ASCII: what was wrong and what to do. */
	readonly reason: string;
}

// The page on the device leaves out what it does not say.
/* @__NO_SIDE_EFFECTS__ */
function refusal(code: number, reason: string, close = 0): Refusal {
	return Object.freeze({ code, close, reason });
}

// Connection and framing.
export const CLIENTS_FULL = refusal(MAX_CLIENTS_REACHED, "two clients are connected; try again later", TRY_AGAIN_LATER);
export const TEXT_MESSAGE = refusal(INVALID_TLV, "text message; send binary messages", UNSUPPORTED_DATA);
export const MESSAGE_TOO_LONG = refusal(BUFFER_OVERFLOW, "message over 4096 bytes; send smaller chunks");
export const MESSAGE_FAR_TOO_LONG = refusal(
	BUFFER_OVERFLOW,
	"message over 65536 bytes; send smaller chunks",
	MESSAGE_TOO_BIG,
);
export const RECEIVE_TIMEOUT = refusal(INVALID_TLV, "receive timeout: a message took over 5 s", POLICY_VIOLATION);
export const UPLOAD_TIMEOUT = refusal(INVALID_TLV, "upload timeout: no bytes for 5 s; start again");
export const UPLOAD_TOO_SLOW = refusal(INVALID_TLV, "upload timeout: over 30 s and under 1,000 bytes/s; send faster");
export const FRAME_TOO_SHORT = refusal(INVALID_TLV, "message shorter than its 3-byte header");
export const LENGTH_MISMATCH = refusal(INVALID_TLV, "length field does not match the message");
export const UNKNOWN_TYPE = refusal(INVALID_TLV, "unknown message type");

// A message in the wrong state, or with a value that its type does not take.
export const UPLOAD_UNDER_WAY = refusal(INVALID_TLV, "an upload is under way; end it first");
export const NO_UPLOAD = refusal(INVALID_TLV, "no upload under way; send PUT_BEGIN first");
export const NAME_INVALID = refusal(INVALID_TLV, "bad name: 1 to 32 of A-Z a-z 0-9 . _ - space");
export const BEGIN_INVALID = refusal(INVALID_TLV, "bad PUT_BEGIN: after the name 00, size u32, crc32 u32");
export const END_INVALID = refusal(INVALID_TLV, "bad PUT_END: empty or crc32 u32");
export const VALUE_NOT_EMPTY = refusal(INVALID_TLV, "this message takes no value");

// The lamp.
export const NOTHING_PLAYED = refusal(PATTERN_NOT_FOUND, "no pattern was played yet; name one");
export const CONTROL_INVALID = refusal(INVALID_TLV, "bad CONTROL: unknown command, or arguments that it does not take");
export const GAMMA_INVALID = refusal(INVALID_TLV, "bad CONTROL: gamma x 100 is 100 to 400");
export const SHOW_INVALID = refusal(INVALID_TLV, "bad SHOW: first LED u16, then R G B each, up to LED 319");

// Validation of an upload. Those that end with the word "frame" get its number: `inFrame`.
export const PATTERN_EMPTY = refusal(INVALID_TLV, "empty pattern");
export const SIZE_MISMATCH = refusal(INVALID_TLV, "size mismatch: received bytes differ from PUT_BEGIN's size");
export const CRC_MISMATCH = refusal(INVALID_TLV, "CRC mismatch: the bytes were changed on the way; send again");
export const PRISM_REQUIRED = refusal(INVALID_TLV, "not a .prism file: it must start with PRSM");
export const PRISM_VERSION = refusal(INVALID_TLV, "prism: version is not 1.0 or 1.1");
export const PRISM_TRUNCATED = refusal(INVALID_TLV, "prism: file ends before its header, metadata or payload does");
export const PRISM_LEDS = refusal(INVALID_TLV, "prism: LED count is not 1 to 320");
export const PRISM_FPS = refusal(INVALID_TLV, "prism: frames per second are not 1 to 120");
export const PRISM_FRAMES = refusal(INVALID_TLV, "prism: frame count is 0");
export const PRISM_HEADER_CRC = refusal(INVALID_TLV, "prism: header CRC mismatch");
export const PRISM_COLOR_FORMAT = refusal(INVALID_TLV, "prism: color format is not 1 (palette)");
export const PRISM_PALETTE = refusal(INVALID_TLV, "prism: palette does not have 1 to 64 colors");
export const PRISM_FLAGS = refusal(INVALID_TLV, "prism: flags other than 1 (XOR) and 2 (run lengths) in frame");
export const PRISM_XOR_FIRST = refusal(INVALID_TLV, "prism: XOR where there is no frame before, in frame");
export const PRISM_INDEX = refusal(INVALID_TLV, "prism: index outside the palette in frame");
export const PRISM_RUN = refusal(INVALID_TLV, "prism: run of 0, or past the last LED, in frame");
export const PRISM_LENGTH = refusal(INVALID_TLV, "prism: segment has too few or too many LEDs in frame");
export const PRISM_ENDS = refusal(INVALID_TLV, "prism: the payload ends before the end of frame");
export const PRISM_SURPLUS = refusal(INVALID_TLV, "prism: bytes left over behind the last frame, which is frame");
export const PRISM_PAYLOAD_CRC = refusal(INVALID_TLV, "prism: payload CRC mismatch");

// The store.
export const NO_SPACE = refusal(STORAGE_FULL, "no room for the pattern; delete some first");
export const PATTERNS_FULL = refusal(STORAGE_FULL, "64 patterns are stored; delete one first");
export const PATTERN_TOO_LARGE = refusal(STORAGE_FULL, "pattern over 524288 bytes");
export const FLASH_FAILED = refusal(STORAGE_FULL, "the flash did not take the bytes; send again");
export const NOT_STORED = refusal(PATTERN_NOT_FOUND, "no pattern of that name");

/** A refusal of the list with the number of the frame that it is about at its end; the most is ten digits. */
export function inFrame({ code, reason, close }: Refusal, frame: number): Refusal {
	return refusal(code, `${reason} ${frame}`, close);
}

/** Thrown wherever a K1 refuses something that a client asked for. */
export class RefusedError extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.reason);
	}
}
