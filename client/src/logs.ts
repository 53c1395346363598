import { Feed } from "./feed.js";
import { LOG_LEVELS, readLine } from "./frames.js";
import type { LogLine, LogOptions } from "./types.js";

/** Lines that wait for a slow reader. */
const ROOM = 500;

/** Whoever sees to it that lines come. */
export interface LineSource {
	/** Begins. @throws where the device refuses, and for a second reader */
	start(reader: LogReader): Promise<void>;
	/** Ends. */
	stop(reader: LogReader): Promise<void>;
}

/** The reader of the device's log. Who reads slowly is told how many lines had to be left out. */
export class LogReader extends Feed<LogLine> {
	/** As the protocol has it. */
	readonly level: number;
	/** Our own gap, and the lines that it stands for. */
	#gap: LogLine | undefined;
	#lost = 0;

	constructor(
		private readonly source: LineSource,
		{ level = "info", signal }: LogOptions,
	) {
		super(ROOM, signal);
		this.level = LOG_LEVELS.indexOf(level);
	}

	protected start(): Promise<void> {
		return this.source.start(this);
	}

	protected stop(): Promise<void> {
		return this.source.stop(this);
	}

	/** The two oldest become a gap, or part of the one that is there. */
	protected override shorten(row: LogLine[]): void {
		const [first, second] = row.splice(0, 2);
		this.#lost = first === this.#gap ? this.#lost + 1 : 2;
		this.#gap = { level: "gap", ms: second.ms, text: `${this.#lost} lines were left out` };
		row.unshift(this.#gap);
	}

	/** There is a line. @param value of the message */
	take(value: Uint8Array): void {
		this.offer(readLine(value));
	}
}
