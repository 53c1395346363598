import { copy, writeU16, writeU32 } from "../bytes/bytes.js";
import type { LogReader } from "../core/log-reader.js";
import type { Lamp } from "../lamp/lamp.js";
import { writePlayback } from "../lamp/playback-record.js";
import { STOPPED } from "../playback/player.js";
import { ALL_BYTES, ALL_LEDS } from "../playback/strips.js";
import { FRAME, HEADER_SIZE, LINE, writeHeader } from "../tlv/frame.js";
import type { Endpoint } from "../websocket/endpoint.js";
import { BINARY } from "../websocket/opcodes.js";

/** Room for the header of a WebSocket frame of at most 65,535 bytes. */
const START = 4;
/** Bytes of a FRAME, the largest message here: a LINE has at most HEADER_SIZE + LINE_SIZE, half as many. */
const FRAME_SIZE = HEADER_SIZE + 6 + ALL_BYTES;

/**
 * What one client that watches is told of the lamp: a PLAYBACK at each change, and FRAMEs, as many as it wants and its connection takes; and
 * the LINEs of the log to one that wants those. None of them is ever queued: a FRAME that finds something else on its way is left out, a
 * PLAYBACK tells what is then, and the log's ring waits for nobody.
 */
export class Watcher {
	/** A PLAYBACK is to be sent. */
	changed = false;
	/** There is a picture that the client has not had. */
	#fresh = false;
	/** When it may have the next one, ms. */
	#next = 0;
	readonly #buffer = new Uint8Array(START + FRAME_SIZE);

	constructor(private readonly lamp: Lamp) {}

	/** Starts on a new client. */
	reset(): void {
		this.changed = false;
		this.#fresh = false;
		this.#next = 0;
	}

	/** There is another picture. Returns whether the client is to have it now. */
	shown(now: number): boolean {
		this.#fresh = true;
		return now >= this.#next;
	}

	/** Whether a picture waits that the client may have by now: the last one before all stands still. */
	due(now: number): boolean {
		return this.#fresh && now >= this.#next;
	}

	/** Queues what there is to tell, where nothing is pending. @param fps FRAMEs a second that the client wants */
	send(engine: Endpoint, fps: number, now: number): void {
		if (engine.output.pending) return;
		const buffer = this.#buffer;
		if (this.changed) {
			this.changed = false;
			engine.send(BINARY, true, buffer, START, writePlayback(buffer, START, this.lamp));
		} else if (this.due(now)) {
			this.#fresh = false;
			if (this.lamp.player.state === STOPPED) return;
			const interval = 1000 / fps;
			// One that comes a little late does not put off those after it.
			this.#next = (now - this.#next < interval ? this.#next : now) + interval;
			this.#writeFrame(buffer);
			engine.send(BINARY, true, buffer, START, START + FRAME_SIZE);
		}
	}

	/** Queues the next line of the log, where nothing is pending. */
	sendLine(engine: Endpoint, lines: LogReader): void {
		if (engine.output.pending) return;
		const buffer = this.#buffer;
		const value = START + HEADER_SIZE;
		const end = lines.read(buffer, value);
		if (end === value) return;
		writeHeader(buffer, START, LINE, end);
		engine.send(BINARY, true, buffer, START, end);
	}

	/** FRAME: `frame:u32 count:u16 RGB...`, strip 1 then strip 2, before brightness, gamma and limit. */
	#writeFrame(buffer: Uint8Array): void {
		const { player } = this.lamp;
		const at = writeU16(buffer, writeU32(buffer, START + HEADER_SIZE, player.frame), ALL_LEDS);
		copy(buffer, at, player.colors, 0, ALL_BYTES);
		writeHeader(buffer, START, FRAME, START + FRAME_SIZE);
	}
}
