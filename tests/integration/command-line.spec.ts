import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { equal, ok } from "../support/assert.js";
import { engine, FlashFolder, Simulator, start } from "./support/simulator.js";

describe("npm start", () => {
	const folder = new FlashFolder();
	after(() => folder.remove());

	async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
		return new Simulator(["--engine", engine, ...args]).ended;
	}

	it("--help shows the options and examples", async () => {
		const { code, stdout } = await run("--help");
		equal(code, 0);
		for (const option of ["--port", "--host", "--flash", "--flash-timing", "--token", "--origin", "--log-level"]) {
			ok(stdout.includes(option), option);
		}
		ok(stdout.includes("npm start -- --port 0"), stdout);
	}).timeout(20_000);

	for (const args of [
		["--prot", "1"],
		["--port", "x"],
		["--port", "70000"],
		["--flash-timing", "fast"],
		["--log-level", "loud"],
	]) {
		it(`${args.join(" ")} is one clear line and exit 2`, async () => {
			const { code, stderr } = await run(...args);
			equal(code, 2);
			ok(stderr.startsWith("error: "), stderr);
		}).timeout(20_000);
	}

	it("on a busy port is one clear line and exit 2", async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const address = server.address();
		const port = typeof address === "object" ? String(address?.port) : "";
		const { code, stderr } = await run("--port", port, "--flash", folder.fresh(), "--log-level", "silent");
		server.close();
		equal(code, 2);
		equal(stderr.trim().split("\n").length, 1, stderr);
		ok(stderr.includes(port) && stderr.includes("in use"), stderr);
	}).timeout(60_000);

	it("with a flash file of the wrong size is one clear line and exit 2", async () => {
		const flash = folder.fresh();
		writeFileSync(flash, "not a flash image");
		const { code, stderr } = await run("--port", "0", "--flash", flash, "--log-level", "silent");
		equal(code, 2);
		equal(stderr.trim().split("\n").length, 1, stderr);
		ok(stderr.includes(flash) && stderr.includes("17"), stderr);
	}).timeout(60_000);

	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		it(`ends cleanly on ${signal}`, async () => {
			const simulator = await start(folder.fresh());
			equal((await simulator.stop(signal)).code, 0);
		}).timeout(60_000);
	}
});
