import { NOT_STORED, NOTHING_PLAYED, RefusedError } from "../core/errors.js";
import { BAD_REQUEST, CONFLICT, NOT_FOUND, OK } from "../http/statuses.js";
import type { Lamp } from "../lamp/lamp.js";
import { ChangeError, readChange, type StateChange } from "../lamp/state-change.js";

/** How a PUT ended: OK, or the status and a sentence for whoever sent it. */
export interface PutResult {
	readonly status: number;
	readonly body: string;
}

/** Does what the JSON in block[start..end) asks of the lamp; all of it, or, where it is refused, nothing. */
export function putState(lamp: Lamp, block: Uint8Array, start: number, end: number, now: number): PutResult {
	try {
		change(lamp, readChange(block, start, end), now);
		return { status: OK, body: "" };
	} catch (error) {
		if (error instanceof ChangeError) return { status: BAD_REQUEST, body: `${error.message}\n` };
		if (error instanceof RefusedError) return refused(error);
		throw error;
	}
}

function change(lamp: Lamp, { on, pattern, brightness, gamma, transition }: StateChange, now: number): void {
	// First what can be refused.
	if (on === false) {
		if (pattern !== undefined) lamp.choose(pattern, 0, pattern.length, now);
		lamp.stop(now, transition);
	} else if (pattern !== undefined) lamp.play(pattern, 0, pattern.length, now, transition);
	else if (on && lamp.player.playing) lamp.resume(now);
	else if (on) lamp.playLast(now, transition);
	if (brightness !== undefined) lamp.setBrightness(brightness, transition, now);
	if (gamma !== undefined) lamp.setGamma(gamma, transition, now);
}

function refused({ refusal }: RefusedError): PutResult {
	if (refusal === NOTHING_PLAYED) {
		return { status: CONFLICT, body: "No pattern was played yet; send its name as pattern, too.\n" };
	}
	if (refusal === NOT_STORED) {
		return { status: NOT_FOUND, body: "No pattern of that name is stored; upload it first, or take one of LIST.\n" };
	}
	return { status: CONFLICT, body: `That pattern cannot be played: ${refusal.reason}.\n` };
}
