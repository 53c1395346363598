import { Context, type GlobalOptions } from "./context.js";
import { INTERRUPTED } from "./exit-codes.js";
import { describe } from "./failure.js";
import { note } from "./output.js";
import { makeProgram } from "./program.js";
import { forceTerminal, restoreTerminal } from "./terminal.js";

/** How long what was broken off may take to be put in order, ms. */
const TIDYING = 4000;

const interrupt = new AbortController();
const { signal } = interrupt;

/** The first Ctrl-C has the command put everything in order and end; the second does not wait for that. */
function onInterrupt(): void {
	if (signal.aborted) leave();
	interrupt.abort(new Error("broken off"));
	setTimeout(leave, TIDYING).unref();
}

function leave(): void {
	forceTerminal();
	process.exit(INTERRUPTED);
}

/** Who reads a pipe may have had enough. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code === "EPIPE") process.exit(0);
	throw error;
});
process.on("SIGINT", onInterrupt);
process.on("SIGTERM", onInterrupt);

async function run(options: GlobalOptions, work: (context: Context) => Promise<number>): Promise<void> {
	const context = new Context(options, signal);
	try {
		process.exitCode = await work(context).finally(restoreTerminal);
	} catch (error) {
		if (signal.aborted) {
			note("broken off");
			process.exitCode = INTERRUPTED;
		} else {
			const { sentences, code } = describe(error);
			note(sentences);
			process.exitCode = code;
		}
	} finally {
		await context.close();
		process.off("SIGINT", onInterrupt);
		process.off("SIGTERM", onInterrupt);
	}
}

await makeProgram(run).parseAsync();
