/** What the harness needs from the place it runs in. Nothing else in it touches the outside world. */
export interface Port {
	/** Prints one line, without its end of line. */
	print(line: string): void;
	/** Milliseconds since some fixed moment, never going back. */
	now(): number;
	/** Calls back once, `ms` milliseconds from now. Returns what `clearTimer` takes. */
	setTimer(callback: () => void, ms: number): unknown;
	/** Forgets a timer that has not fired; harmless for one that has. */
	clearTimer(timer: unknown): void;
}
