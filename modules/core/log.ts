import { type LogOwner, LogReader } from "./log-reader.js";
import { LogRing } from "./log-ring.js";

/** Levels in falling order of importance; a log prints those up to its own. */
export const LOG_LEVELS = Object.freeze(["silent", "error", "warn", "info", "debug"]) as readonly string[];

export const ERROR = 1;
export const WARN = 2;
export const INFO = 3;
export const DEBUG = 4;

/** What peers cause: so many lines at once ... */
const BURST = 20;
/** ... and then one in so many ms. A line takes a serial port some 5 ms. */
const PACE = 500;

/**
 * Prints lines such as `12.345 info  two clients connected`, and keeps the last of them for those who ask over the network. Nothing of it
 * belongs on the path of a frame. What is secret does not belong in it: whoever may connect may read it.
 */
export class Log implements LogOwner {
	readonly ring = new LogRing();
	readonly #readers: LogReader[] = [];
	/** Lines up to this level are printed ... */
	readonly #level: number;
	/** ... and up to this one they are kept: some reader may want more than what is printed. */
	#kept: number;
	/** When the lines that peers cause would be through, had they come at their pace. */
	#paid = 0;
	#leftOut = 0;

	/**
	 * @param level one of `LOG_LEVELS`
	 * @param print takes a line without its line end
	 * @param now milliseconds since boot
	 * @throws RangeError for an unknown level
	 */
	constructor(
		level: string,
		private readonly print: (line: string) => void,
		readonly now: () => number,
	) {
		this.#level = LOG_LEVELS.indexOf(level);
		this.#kept = this.#level;
		if (this.#level < 0) throw new RangeError(`unknown log level "${level}"; take one of ${LOG_LEVELS.join(", ")}`);
	}

	/** One more reader; to be made at boot. */
	reader(): LogReader {
		const reader = new LogReader(this);
		this.#readers.push(reader);
		return reader;
	}

	asked(): void {
		let kept = this.#level;
		for (let i = 0; i < this.#readers.length; i++) kept = Math.max(kept, this.#readers[i].level);
		this.#kept = kept;
	}

	error(text: string): void {
		this.#write(ERROR, text);
	}

	warn(text: string): void {
		this.#write(WARN, text);
	}

	info(text: string): void {
		this.#write(INFO, text);
	}

	/** As `info`, for what peers cause: when too many come, they are left out, and the next line tells how many. */
	infoSparingly(text: string): void {
		if (!this.tells(INFO)) return;
		const now = this.now();
		const paid = Math.max(this.#paid, now) + PACE;
		if (paid > now + BURST * PACE) {
			this.#leftOut++;
			return;
		}
		this.#paid = paid;
		this.#write(INFO, this.#leftOut === 0 ? text : `${text} (${this.#leftOut} lines were left out before)`);
		this.#leftOut = 0;
	}

	/** Whether lines of this level go anywhere: where it costs something to put one together. */
	tells(level: number): boolean {
		return level <= this.#kept;
	}

	debug(text: string): void {
		this.#write(DEBUG, text);
	}

	#write(level: number, text: string): void {
		if (!this.tells(level)) return;
		const now = this.now();
		this.ring.add(level, now, text);
		if (level > this.#level) return;
		const seconds = (now / 1000).toFixed(3).padStart(9);
		this.print(`${seconds} ${LOG_LEVELS[level]?.padEnd(5)} ${text}`);
	}
}
