/** CONTROL, type 0x22: `command:u8 arguments` (docs/protocol.md, "CONTROL"). */

import { readU16 } from "../bytes/bytes.js";
import { CONTROL_INVALID, GAMMA_INVALID, NAME_INVALID, RefusedError } from "../core/errors.js";
import { HEADER_SIZE } from "./frame.js";
import { isName } from "./name.js";

// Commands.
export const STATE = 0x00;
export const PLAY = 0x01;
export const STOP = 0x02;
export const PAUSE = 0x03;
export const RESUME = 0x04;
export const BRIGHTNESS = 0x10;
export const GAMMA = 0x11;
export const WATCH = 0x20;
export const LOG = 0x21;

/** Where the arguments of a command begin in its message. */
export const ARGUMENTS = HEADER_SIZE + 1;

/** Gamma times 100. */
const LEAST_GAMMA = 100;
const MOST_GAMMA = 400;

/** Bytes of a command's arguments; PLAY's are a name, or nothing. */
function lengthOf(command: number): number {
	switch (command) {
		case STATE:
		case STOP:
		case PAUSE:
		case RESUME:
			return 0;
		case BRIGHTNESS:
			return 3;
		case GAMMA:
			return 4;
		case WATCH:
		case LOG:
			return 1;
		default:
			return -1;
	}
}

/**
 * Reads the command of a CONTROL in message[0..end), and checks that its arguments are what it takes: they begin at ARGUMENTS.
 * @throws RefusedError CONTROL_INVALID, NAME_INVALID, GAMMA_INVALID
 */
export function parseControl(message: Uint8Array, end: number): number {
	if (end < ARGUMENTS) throw new RefusedError(CONTROL_INVALID);
	const command = message[HEADER_SIZE];
	if (command === PLAY) {
		if (end > ARGUMENTS && !isName(message, ARGUMENTS, end)) throw new RefusedError(NAME_INVALID);
		return command;
	}
	if (end - ARGUMENTS !== lengthOf(command)) throw new RefusedError(CONTROL_INVALID);
	if (command === GAMMA && !isGamma(readU16(message, ARGUMENTS))) throw new RefusedError(GAMMA_INVALID);
	return command;
}

/** Whether it is a gamma, times 100, that a K1 takes. */
export function isGamma(value: number): boolean {
	return value >= LEAST_GAMMA && value <= MOST_GAMMA;
}
