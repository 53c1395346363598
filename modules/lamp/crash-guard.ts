/** So many restarts in a row that nobody asked for, and the pattern is taken for the reason. */
const MOST = 3;
/** A run that lasted so long, ms, is no part of such a row. */
export const SETTLED_AFTER = 60_000;

/** Where the count is kept over a restart. */
export interface RestartCount {
	/** Restarts in a row that nobody asked for, as of the last `write`; 0 where nothing is known. */
	read(): number;
	write(count: number): void;
}

/** Keeps a pattern that brings the machine down from doing so for ever. */
export class CrashGuard {
	/** There were too many restarts: nothing is to be played by itself. */
	readonly tripped: boolean;

	/** @param crashed whether this start is one that nobody asked for */
	constructor(
		private readonly count: RestartCount,
		crashed: boolean,
	) {
		const before = count.read();
		const now = crashed ? Math.min(before + 1, MOST) : 0;
		if (now !== before) count.write(now);
		this.tripped = now >= MOST;
	}

	/** The K1 has run for SETTLED_AFTER. */
	settled(): void {
		if (this.count.read() !== 0) this.count.write(0);
	}
}
