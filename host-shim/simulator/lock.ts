import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { lock } from "proper-lockfile";

/** A lock that its owner has not touched for so long is nobody's: the owner was killed. ms */
const STALE = 2000;
/** How often to look whether the lock is free, ms, and how often: as long as one that is nobody's may last, and a little more. */
const RETRY = 200;
const RETRIES = STALE / RETRY + 2;

/** The file's one name, whatever links lead to it; the file need not be there yet. */
function canonical(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		return join(realpathSync(dirname(file)), basename(file));
	}
}

/**
 * Takes a flash image for this process alone, until the process ends: two simulators that write to one image would destroy what is
 * stored. The lock is a folder beside the image, `FILE.lock`, the same for both engines. Waits a little over 2 s, since the lock
 * of a simulator that was killed is free only then.
 * @param onLost the process stood still for so long that another one took the lock; nothing may be written from then on
 * @throws Error that says in a sentence who has the image, or why it cannot be locked
 */
export async function lockImage(flash: string, onLost: () => void): Promise<void> {
	try {
		await lock(canonical(flash), {
			realpath: false,
			stale: STALE,
			retries: { retries: RETRIES, factor: 1, minTimeout: RETRY },
			onCompromised: onLost,
		});
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code !== "ELOCKED") throw new Error(`cannot lock the flash image ${flash}: ${message}`);
		throw new Error(`the flash image ${flash} is another simulator's: end that one, or take another with --flash`);
	}
}
