/** Runs something of the SDK that may throw, and says in the log when it does; returns whether it went well. */
export function attempt(what: string, log: (text: string) => void, run: () => void): boolean {
	try {
		run();
		return true;
	} catch (error) {
		log(`${what} failed: ${error instanceof Error ? error.message : error}`);
		return false;
	}
}
