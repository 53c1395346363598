import { openSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** How long to wait for a lock: its owner may be on its way out. ms */
const PATIENCE = 2000;
/** How often to look, ms. */
const LOOK = 100;

/** The file's one name, whatever links lead to it; the file need not be there yet. */
function canonical(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		return join(realpathSync(dirname(file)), basename(file));
	}
}

/** Takes the system's lock of an open file, which goes with the process however that ends; or nothing where there are none. */
async function systemLock(): Promise<((fd: number) => boolean) | undefined> {
	try {
		const { default: extensions } = await import("fs-native-extensions");
		return extensions.tryLock;
	} catch {
		return undefined;
	}
}

/**
 * Takes a flash image for this process alone, until the process ends: two simulators that write to one image would destroy what is
 * stored. What is locked is a file beside the image, `FILE.lock`, the same for both engines; it stays. Waits a moment
 * for a simulator that is just ending, or was killed.
 * @throws Error that says in a sentence who has the image, or why it cannot be locked
 */
export async function lockImage(flash: string): Promise<void> {
	const tryLock = await systemLock();
	if (tryLock === undefined) {
		process.stderr.write("no file locks on this system: see to it that no other simulator has the same flash image\n");
		return;
	}
	const deadline = Date.now() + PATIENCE;
	let locked = false;
	try {
		const fd = openSync(`${canonical(flash)}.lock`, "a+");
		for (;;) {
			locked = tryLock(fd);
			if (locked || Date.now() >= deadline) break;
			await new Promise((resolve) => setTimeout(resolve, LOOK));
		}
	} catch (error) {
		throw new Error(`cannot lock the flash image ${flash}: ${error instanceof Error ? error.message : error}`);
	}
	if (!locked) {
		throw new Error(`the flash image ${flash} is another simulator's: end that one, or take another with --flash`);
	}
}
