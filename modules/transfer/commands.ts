import { readU16 } from "../bytes/bytes.js";
import { DEBUG } from "../core/log.js";
import type { LogReader } from "../core/log-reader.js";
import type { Lamp } from "../lamp/lamp.js";
import { writePlayback } from "../lamp/playback-record.js";
import {
	ARGUMENTS,
	BRIGHTNESS,
	GAMMA,
	LOG,
	PAUSE,
	PLAY,
	parseControl,
	RESUME,
	STATE,
	STOP,
	WATCH,
} from "../tlv/control.js";
import { writeStatusOk } from "../tlv/frame.js";

/** The most FRAMEs a second that a watcher gets. */
export const MOST_WATCH_FPS = 30;

/** What of a session the commands change. */
export interface Watch {
	/** FRAMEs a second that the client wants; 0: it does not watch. */
	watchFps: number;
	/** Which LINEs it wants. */
	readonly lines: LogReader;
}

/**
 * Does what the CONTROL in block[0..end) says, and writes the answer to block[start..). Returns the answer's end.
 * @param now milliseconds since boot
 * @throws RefusedError for a command that is malformed, or cannot be done: then nothing has changed
 */
export function takeCommand(
	lamp: Lamp,
	watch: Watch,
	block: Uint8Array,
	end: number,
	start: number,
	now: number,
): number {
	switch (parseControl(block, end)) {
		case STATE:
			return writePlayback(block, start, lamp);
		case PLAY:
			if (end === ARGUMENTS) lamp.playLast(now);
			else lamp.play(block, ARGUMENTS, end, now);
			break;
		case STOP:
			lamp.stop(now);
			break;
		case PAUSE:
			lamp.pause(now);
			break;
		case RESUME:
			lamp.resume(now);
			break;
		case BRIGHTNESS:
			lamp.setBrightness(block[ARGUMENTS], readU16(block, ARGUMENTS + 1), now);
			break;
		case GAMMA:
			lamp.setGamma(readU16(block, ARGUMENTS), readU16(block, ARGUMENTS + 2), now);
			break;
		case WATCH:
			watch.watchFps = Math.min(block[ARGUMENTS], MOST_WATCH_FPS);
			break;
		case LOG:
			watch.lines.ask(Math.min(block[ARGUMENTS], DEBUG));
			break;
	}
	return writeStatusOk(block, start);
}
