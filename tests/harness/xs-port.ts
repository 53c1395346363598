import Time from "time";
import Timer from "timer";
import type { Port } from "./port.js";

/** The harness's port on XS, wherever it runs: the `timer` and `time` modules and the global `trace`. */
export const xsPort: Port = Object.freeze<Port>({
	print: (line) => trace(`${line}\n`),
	now: () => Time.ticks,
	setTimer: (callback, ms) => Timer.set(callback, ms),
	clearTimer: (timer) => Timer.clear(timer as ReturnType<typeof Timer.set>),
});
