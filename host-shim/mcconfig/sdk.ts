/** The user's own Moddable SDK: what of it is missing, and how its `mcconfig` is called. */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** Where all that the SDK makes of the project goes. */
const OUTPUT = join(ROOT, "build/moddable");

/** What `-p` takes for the K1. */
export const K1 = "esp32/esp32s3";
/** What `-p` takes for the SDK's simulator on this computer. */
export const SIMULATOR = process.platform === "darwin" ? "mac" : "lin";

function isThere(path: string, mode = constants.R_OK): boolean {
	try {
		accessSync(path, mode);
		return true;
	} catch {
		return false;
	}
}

function inPath(tool: string): boolean {
	return (process.env.PATH ?? "").split(delimiter).some((folder) => isThere(join(folder, tool), constants.X_OK));
}

/**
 * What keeps `mcconfig -m -p platform` from working, and how to get it; a line each, none when all is there.
 * @param needs `display`: the SDK's simulator is to be started, which is a window
 */
export function missing(platform: string, needs: { display: boolean }): string[] {
	const lines: string[] = [];
	if (process.env.MODDABLE === undefined || !isThere(process.env.MODDABLE)) {
		lines.push("MODDABLE does not name the Moddable SDK's folder: npx xs-dev setup");
	}
	if (!inPath("mcconfig")) {
		lines.push("mcconfig is not in PATH: npx xs-dev setup, and then open a new shell");
	}
	if (platform.startsWith("esp32") && (!inPath("idf.py") || process.env.IDF_PATH === undefined)) {
		lines.push(
			"the ESP-IDF is not set up in this shell: npx xs-dev setup --device esp32, then source $IDF_PATH/export.sh",
		);
	}
	if (platform.startsWith("esp32") && !inPath("python")) {
		lines.push(
			"python is not in PATH; the SDK asks for it by this name (on Debian: apt-get install python-is-python3)",
		);
	}
	if (needs.display && platform === "lin" && process.env.DISPLAY === undefined) {
		lines.push("the simulator needs a display: start it in a desktop, or under xvfb-run");
	}
	return lines;
}

/** Starts mcconfig in a folder of the project; it goes into a process group of its own, with all that it starts. */
export function mcconfig(folder: string, args: readonly string[]): ChildProcess {
	mkdirSync(OUTPUT, { recursive: true });
	makePortFolder();
	return spawn("mcconfig", [...args, "-o", OUTPUT], {
		cwd: join(ROOT, folder),
		stdio: "inherit",
		detached: true,
		// mcconfig takes the first tsc of PATH: the project's own.
		env: { ...process.env, PATH: `${join(ROOT, "node_modules/.bin")}${delimiter}${process.env.PATH}` },
	});
}

/**
 * The SDK's look-up of the serial port writes into this folder (build/devices/esp32/config/idfSerialPort), which only a build
 * without `-o` makes.
 */
function makePortFolder(): void {
	try {
		mkdirSync(join(process.env.MODDABLE ?? "", "build/tmp/esp32"), { recursive: true });
	} catch {
		// An SDK that is not the user's own: UPLOAD_PORT names the port then.
	}
}

/** Ends what `mcconfig` started, with all that this started. */
export function end(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid);
	} catch {
		// It is gone already.
	}
}
