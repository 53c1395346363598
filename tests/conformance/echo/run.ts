/*
 * Starts the echo server on one of the simulator's engines:
 *
 *     tsx tests/conformance/echo/run.ts [--engine xs|node] [--port NUMBER] [--host ADDRESS]
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildForNode } from "../../../host-shim/simulator/build.js";
import { programCommand } from "../../../host-shim/xs/firmware.js";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

const { values } = parseArgs({
	options: {
		engine: { type: "string", default: "xs" },
		port: { type: "string", default: "9001" },
		host: { type: "string", default: "127.0.0.1" },
	},
});
const { engine, host } = values;
const config = { port: Number(values.port) };

if (engine === "xs") {
	const [program, ...args] = await programCommand(main, "echo", { host, config });
	const child = spawn(program, args, { stdio: ["pipe", "inherit", "inherit"] });
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
	child.on("close", (code) => process.exit(code ?? 1));
} else {
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
	process.env.K1_HOST = host;
	process.env.K1_CONFIG = JSON.stringify(config);
	await import(await buildForNode(main, "echo.mjs"));
}
