import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type BuildOptions, build } from "esbuild";

/**
 * esbuild's `build`, whose files appear at once and whole: each is written beside its place and renamed. Two simulators that start
 * at the same time build the same files, and one must never read what the other has half written.
 * @throws Error for what esbuild finds wrong
 */
export async function buildWhole(options: BuildOptions): Promise<void> {
	const { outputFiles } = await build({ ...options, write: false });
	for (const { path, contents } of outputFiles) {
		const fresh = `${path}.${process.pid}.new`;
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(fresh, contents);
		renameSync(fresh, path);
	}
}
