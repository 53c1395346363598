import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { xsCommand } from "../../host-shim/xs/build.js";
import { ROOT } from "./spec-modules.js";

/** Where XS runs: an engine built from source, and how it is started. */
export interface Place {
	readonly name: string;
	/** What a test may take there, in ms of that place's clock. */
	readonly timeout: number;
	/** Tools that are needed, and the Debian packages that have them. */
	readonly needs: Readonly<Record<string, string>>;
	/** Compiles what has changed. */
	build(): void;
	/** The command line for these arguments. */
	command(args: readonly string[]): string[];
}

/** How a program ended, and what it printed. */
export interface Ended {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

function make(folder: string, ...args: string[]): void {
	execFileSync("make", ["--no-print-directory", "-j2", "-C", join(ROOT, folder), ...args], { stdio: "inherit" });
}

/** XS for the desktop's own word size. */
export const xs64: Place = {
	name: "XS 64-bit",
	timeout: 5000,
	needs: { make: "make", cc: "gcc" },
	build: () => make("host-shim/xs", "BITS=64"),
	command: (args) => [join(ROOT, "build/xs/64/k1-xs"), ...args],
};

/** XS with 32-bit words and the device's pools to the byte. A kernel that cannot run such programs gets help of an emulator. */
export const xs32: Place = {
	name: "XS 32-bit",
	timeout: 60_000,
	needs: { make: "make", cc: "gcc", "/usr/lib32/crt1.o": "gcc-multilib" },
	build: () => make("host-shim/xs", "BITS=32"),
	command: (args) => [...xsCommand(join(ROOT, "build/xs/32/k1-xs"), 32), ...args],
};

function qemu(elf: string, args: readonly string[]): string[] {
	return [
		"qemu-system-xtensa",
		..."-M sim -cpu lx106 -m 256 -icount shift=0,sleep=off -nographic -monitor none -serial none".split(" "),
		"-semihosting-config",
		["enable=on,target=native", ...["k1-bench", ...args].map((arg) => `arg=${arg.replaceAll(",", ",,")}`)].join(),
		"-kernel",
		join(ROOT, elf),
	];
}

/** XS on the emulated core. Its clock counts instructions, so a test's time is the same on every desktop. */
export const xtensa: Place = {
	name: "Xtensa",
	timeout: 60_000,
	needs: {
		make: "make",
		"xtensa-lx106-elf-gcc": "gcc-xtensa-lx106",
		"xtensa-lx106-elf-ld": "binutils-xtensa-lx106",
		"/usr/lib/xtensa-lx106-elf/picolibc.specs": "picolibc-xtensa-lx106-elf",
		"qemu-system-xtensa": "qemu-system-misc",
	},
	build: () => make("tests/device-class/engine", "TARGET=xtensa"),
	command: (args) => qemu("build/xs/xtensa/k1-bench.elf", args),
};

/** The same, built so that it tells what each function costs. */
export const xtensaProfile: Place = {
	...xtensa,
	name: "Xtensa, profiled",
	build: () => make("tests/device-class/engine", "TARGET=xtensa", "PROFILE=1"),
	command: (args) => qemu("build/xs/xtensa-profile/k1-bench.elf", args),
};

/** The engine of the emulated core, for the desktop and with 32-bit words: a fixture in the place of network and flash. */
export const bench32: Place = {
	...xs32,
	name: "XS 32-bit, with the fixture",
	build: () => make("tests/device-class/engine", "TARGET=desktop"),
	command: (args) => [...xsCommand(join(ROOT, "build/xs/bench/k1-bench"), 32), ...args],
};

/** The Debian packages that must be installed for these places. */
export function missingPackages(places: readonly Place[]): string[] {
	const missing = places.flatMap(({ needs }) =>
		Object.entries(needs).flatMap(([tool, debianPackage]) => (isThere(tool) ? [] : [debianPackage])),
	);
	return [...new Set(missing)];
}

function isThere(tool: string): boolean {
	const folders = tool.startsWith("/") ? [""] : (process.env.PATH ?? "").split(delimiter);
	return folders.some((folder) => {
		try {
			accessSync(join(folder, tool), tool.startsWith("/") ? constants.R_OK : constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** Runs a program in a place and waits for its end; after `limit` ms it is ended. */
export function run(place: Place, args: readonly string[], limit = 600_000): Promise<Ended> {
	const [command = "", ...rest] = place.command(args);
	return new Promise((resolve, reject) => {
		const child = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"] });
		const parts: [string[], string[]] = [[], []];
		child.stdout.setEncoding("utf8").on("data", (text: string) => parts[0].push(text));
		child.stderr.setEncoding("utf8").on("data", (text: string) => parts[1].push(text));
		const timer = setTimeout(() => child.kill("SIGKILL"), limit);
		child.on("error", reject);
		child.on("close", (code) => {
			clearTimeout(timer);
			resolve({ code, output: parts[0].join(""), errors: parts[1].join("") });
		});
	});
}
