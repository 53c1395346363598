import { decodeLatin1 } from "../bytes/bytes.js";
import type { Lamp } from "./lamp.js";

/** Names of the player's states, by number. */
export const STATE_NAMES = Object.freeze(["stopped", "playing", "paused", "live"] as const);

/**
 * What `GET /state` answers: the same as PLAYBACK, as JSON; brightness and gamma are where they are going.
 * @param fault what is wrong with the device besides the lamp, as a sentence; empty: nothing
 */
export function stateJson(lamp: Lamp, fault: string): string {
	const { player, name, nameLength, limit } = lamp;
	const state = {
		state: STATE_NAMES[player.state],
		pattern: decodeLatin1(name, 0, nameLength),
		brightness: player.brightness.target,
		gamma: player.gamma.target,
		fps: player.fps256 / 256,
		frame: player.frame,
		frames: player.frames,
		shown: player.shown,
		skipped: player.skipped,
		milliamps: player.milliamps,
		limit,
	};
	const problem = fault || lamp.problem;
	return `${JSON.stringify(problem === "" ? state : { ...state, problem })}\n`;
}
