import { resolve } from "node:path";

/** A path as the caller means it: `npm run` starts programs in the project's folder, and tells where it was called. */
export function callersPath(path: string): string {
	const { npm_lifecycle_event: script, INIT_CWD } = process.env;
	return resolve(script === "k1" && INIT_CWD !== undefined ? INIT_CWD : process.cwd(), path);
}
