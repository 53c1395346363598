import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

/** Word size of the build: 32 has the device's sizes of slots and chunks to the byte, 64 needs nothing special. */
export type Bits = 32 | 64;

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

function succeeds(command: string, args: string[], input?: string): boolean {
	const { status } = spawnSync(command, args, { input, stdio: ["pipe", "ignore", "ignore"] });
	return status === 0;
}

/** Whether the XS engine can be built here: it takes make and a C compiler (`CC`, or `cc`). */
export function hasCompiler(): boolean {
	return succeeds("make", ["--version"]) && succeeds(process.env.CC ?? "cc", ["--version"]);
}

/** Whether the compiler makes programs of that word size: the C library for it must be there, too. */
function canTarget(bits: Bits): boolean {
	const args = [`-m${bits}`, "-x", "c", "-", "-o", "/dev/null"];
	return succeeds(process.env.CC ?? "cc", args, '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n');
}

function run(command: string, args: string[]): Promise<{ status: number | null; errors: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
		let errors = "";
		child.stderr.setEncoding("utf8");
		child.stderr.on("data", (text: string) => {
			errors += text;
		});
		child.on("error", reject);
		child.on("close", (status) => resolve({ status, errors }));
	});
}

/**
 * Builds the XS engine with this host around it, as far as it is not built already, and returns the program's path.
 * @throws Error that says in a sentence what is missing, or with the compiler's messages
 */
export async function buildXs({ bits }: { bits: Bits }): Promise<string> {
	const program = `${root}build/xs/${bits}/k1-xs`;
	if (!hasCompiler()) {
		throw new Error(
			"The XS engine is built from C: install make and a C compiler (on Debian: apt-get install build-essential).",
		);
	}
	if (!existsSync(program)) process.stderr.write("building the XS engine, this once: half a minute or so\n");
	const { status, errors } = await run("make", ["-C", here, `BITS=${bits}`, `-j${availableParallelism()}`]);
	if (status === 0) return program;
	if (!canTarget(bits)) {
		const cure = bits === 32 ? " (on Debian: apt-get install gcc-multilib)" : "";
		throw new Error(`The C compiler makes no ${bits}-bit programs here: install its libraries for that${cure}.`);
	}
	throw new Error(`The XS engine cannot be built:\n${errors}`);
}

/**
 * The command that runs the program: the program itself, or under qemu-i386 where the system's kernel runs no 32-bit programs.
 * @throws Error that says in a sentence what is missing
 */
export function xsCommand(program: string, bits: Bits): string[] {
	if (bits === 64 || succeeds(program, ["--version"])) return [program];
	if (succeeds("qemu-i386", ["--version"])) return ["qemu-i386", program];
	throw new Error(
		"This system runs no 32-bit programs: install an emulator for them (on Debian: apt-get install qemu-user).",
	);
}
