import { BINARY, CLOSE, CONTINUATION, PONG, TEXT } from "./opcodes.js";

/** In the first byte: last frame of its message. */
export const FIN = 0x80;
/** In the second byte: a masking key follows. */
export const MASKED = 0x80;
/** The lower bits of the second byte: payload length, or 126 and 127 for lengths of 16 and 64 bits. */
export const LENGTH_BITS = 0x7f;
/** The most that a control frame carries (RFC 6455, 5.5). */
export const CONTROL_LIMIT = 125;
/** The most that `writeHeader` puts before a payload. */
export const HEADER_LIMIT = 10;

/**
 * Whether a frame may start with this byte (RFC 6455, 5.2, 5.4, 5.5): no reserved bit, no reserved opcode, no control
 * frame in fragments, no continuation of nothing, no new message inside another.
 * @param messageOpen whether a message has begun and not ended
 */
export function isFirstByte(first: number, messageOpen: boolean): boolean {
	if ((first & 0x70) !== 0) return false;
	const opcode = first & 0x0f;
	if (opcode >= CLOSE) return opcode <= PONG && first >= FIN;
	return messageOpen ? opcode === CONTINUATION : opcode === TEXT || opcode === BINARY;
}

/**
 * Whether this byte may follow that first byte (RFC 6455, 5.1, 5.5): masked, as all that a client sends; a control frame
 * within its limit; a close frame with no payload or room for a code.
 */
export function isSecondByte(first: number, second: number): boolean {
	if (second < MASKED) return false;
	const opcode = first & 0x0f;
	if (opcode < CLOSE) return true;
	const length = second & LENGTH_BITS;
	return length <= CONTROL_LIMIT && !(opcode === CLOSE && length === 1);
}

/**
 * The payload length of a header with 16 or 64 bits for it (RFC 6455, 5.2).
 * @param header complete, from its start
 * @param maskStart where its masking key is: 4 or 10
 * @returns -1 when fewer bytes would have held the length, or its highest bit is set
 */
export function extendedLength(header: Uint8Array, maskStart: number): number {
	let length = (header[2] << 8) | header[3];
	if (maskStart === 4) return length < 126 ? -1 : length;
	if (header[2] >= 0x80) return -1;
	for (let i = 4; i < 10; i++) length = length * 256 + header[i];
	return length < 0x10000 ? -1 : length;
}
