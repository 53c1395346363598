import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "./failure.js";

/** Where the choice of a device is kept between calls. */
function settingsFile(): string {
	const { XDG_CONFIG_HOME, APPDATA } = process.env;
	const folder = XDG_CONFIG_HOME || (process.platform === "win32" && APPDATA) || join(homedir(), ".config");
	return join(folder, "prism-k1", "settings.json");
}

/** The device that was chosen with `k1 use`; undefined: none. @throws Failure for a file that is no such settings */
export function savedDevice(): string | undefined {
	const file = settingsFile();
	try {
		const { device } = JSON.parse(readFileSync(file, "utf8"));
		return typeof device === "string" ? device : undefined;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw new Failure(
			`${file} cannot be read (${(error as Error).message}); delete it, and choose a device with k1 use`,
		);
	}
}

/** Keeps the choice; undefined: takes it back. Returns the file that it is in. */
export function saveDevice(device: string | undefined): string {
	const file = settingsFile();
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify({ device })}\n`);
	return file;
}
