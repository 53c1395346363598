/*
 * Builds, flashes or simulates the firmware with the user's own SDK:
 *
 *     tsx host-shim/mcconfig/firmware.ts build|flash|simulate [OPTION...] [KEY=VALUE...]
 *
 * What follows goes to mcconfig as it is, such as `-d` for a debug build, `token=...` for the configuration, or `-t clean`. A
 * `-p PLATFORM` takes the place of the K1's. `simulate` prints the firmware's log until it is interrupted. A value that the
 * firmware could not use is refused here, before anything is built.
 */
import { badSettings } from "./bad-settings.js";
import { end, K1, mcconfig, missing, SIMULATOR } from "./sdk.js";
import { Console } from "./xsbug-console.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function main(command: string, rest: readonly string[]): Promise<number> {
	const simulate = command === "simulate";
	if (!simulate && command !== "build" && command !== "flash") {
		print("usage: tsx host-shim/mcconfig/firmware.ts build|flash|simulate [OPTION...] [KEY=VALUE...]");
		return 64;
	}
	const wrong = badSettings(rest);
	if (wrong.length > 0) {
		for (const line of wrong) print(line);
		return 64;
	}
	const given = rest.indexOf("-p");
	const platform = (given < 0 ? undefined : rest[given + 1]) ?? (simulate ? SIMULATOR : K1);
	const lines = missing(platform, { display: simulate });
	if (lines.length > 0) {
		print(`This needs the Moddable SDK:\n${lines.map((line) => `  - ${line}`).join("\n")}`);
		return 69;
	}
	const args = ["-m", ...(given < 0 ? ["-p", platform] : []), ...rest];
	if (command === "build") args.unshift("-t", "build");
	return simulate ? runSimulator(args) : run(args);
}

function run(args: readonly string[]): Promise<number> {
	return new Promise((resolve) => {
		const child = mcconfig(".", args);
		for (const signal of SIGNALS) process.once(signal, () => end(child));
		child.once("error", (error) => print(`mcconfig: ${error.message}`));
		child.once("close", (code) => resolve(code ?? 1));
	});
}

async function runSimulator(args: readonly string[]): Promise<number> {
	let leave = (_code: number) => {};
	const left = new Promise<number>((resolve) => {
		leave = resolve;
	});
	const console = await Console.open({ onLine: print, onStop: print, onEnd: () => leave(1) });
	// The simulator is told to end by the console's closing: make has started it apart from itself.
	for (const signal of SIGNALS) process.once(signal, () => leave(0));
	const code = await run(["-dn", "-x", console.address, ...args]);
	const result = code === 0 ? await left : code;
	console.close();
	return result;
}

const [command = "", ...rest] = process.argv.slice(2);
process.exitCode = await main(command, rest);
