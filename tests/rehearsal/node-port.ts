import type { Port } from "../harness/port.js";

/** The harness's port on Node, for programs that are not Mocha's. */
export const nodePort: Port = {
	print: (line) => process.stdout.write(`${line}\n`),
	now: () => performance.now(),
	setTimer: (callback, ms) => setTimeout(callback, ms),
	clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
