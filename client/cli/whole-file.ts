import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file so that it is there whole, or as it was before: beside it, and then in its place. */
export function writeWhole(path: string, content: Uint8Array | string): void {
	const beside = `${path}.${process.pid}.part`;
	try {
		writeFileSync(beside, content);
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		throw error;
	}
}
