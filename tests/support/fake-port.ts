import type { Port } from "../harness/port.js";

/** A port whose clock stands still but for what `elapse` adds, and which keeps what is printed. Timers fire as soon as nothing else is to do. */
export class FakePort implements Port {
	readonly lines: string[] = [];
	/** Called when a timer is set; drives time. */
	time = 0;
	timers = 0;

	print(line: string): void {
		this.lines.push(line);
	}

	now(): number {
		return this.time;
	}

	setTimer(callback: () => void, ms: number): unknown {
		const timer = { live: true };
		this.timers++;
		// Far enough behind every promise job of the test itself: what settles at all has settled by then.
		const wait = (turns: number): void => {
			if (!timer.live) return;
			if (turns > 0) {
				Promise.resolve().then(() => wait(turns - 1));
				return;
			}
			this.time += ms;
			this.clearTimer(timer);
			callback();
		};
		wait(50);
		return timer;
	}

	clearTimer(timer: unknown): void {
		const { live } = timer as { live: boolean };
		if (live) this.timers--;
		(timer as { live: boolean }).live = false;
	}
}
