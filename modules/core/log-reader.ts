import type { Bookmark, LogRing } from "./log-ring.js";

/** What a reader asks of its log. */
export interface LogOwner {
	readonly ring: LogRing;
	/** Milliseconds since boot. */
	now(): number;
	/** A reader wants other lines than before. */
	asked(): void;
}

/** Somebody who is sent the log's lines; made once at boot, used for one client after another. */
export class LogReader implements Bookmark {
	line = 0;
	place = 0;
	/** The lines that are wanted: up to this level; 0: none. */
	level = 0;

	constructor(private readonly log: LogOwner) {}

	/** Whether there are lines that it has not had, of whatever level. */
	get due(): boolean {
		return this.level > 0 && this.log.ring.has(this);
	}

	/** Wants the lines that the ring has, and those to come, up to this level; 0: no more. */
	ask(level: number): void {
		this.level = level;
		this.log.ring.rewind(this);
		this.log.asked();
	}

	/** Writes the next line to target[at..), as LogRing.read does; returns its end. */
	read(target: Uint8Array, at: number): number {
		return this.log.ring.read(this, this.level, this.log.now(), target, at);
	}
}
