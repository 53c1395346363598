/*
 * The firmware on XS with 32-bit words, in the device's pools to the byte, as a program with the simulator's ready line:
 *
 *     tsx tests/soak/firmware-32.ts FLASH
 */
import { spawn } from "node:child_process";
import { firmwareCommand } from "../../host-shim/xs/firmware.js";

const [program, ...args] = await firmwareCommand({
	bits: 32,
	host: "127.0.0.1",
	flash: process.argv[2],
	config: { port: 0, logLevel: "error" },
});
const child = spawn(program, args, { stdio: ["pipe", "inherit", "inherit"] });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("close", (code, signal) => {
	if (signal !== null) process.stderr.write(`the XS engine was ended by ${signal}\n`);
	process.exit(code ?? 1);
});
