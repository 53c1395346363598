import { symlinkSync, writeFileSync } from "node:fs";
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
		for (const option of [
			"--port",
			"--host",
			"--flash",
			"--flash-timing",
			"--token",
			"--origin",
			"--power-limit",
			"--log-level",
		]) {
			ok(stdout.includes(option), option);
		}
		ok(stdout.includes("npm start -- --port 0"), stdout);
	}).timeout(20_000);

	it("says on a line of its own where the page is, for a browser on this computer", async () => {
		for (const args of [[], ["--host", "0.0.0.0"]]) {
			const simulator = await start(folder.fresh(), ...args);
			const line = `\npage: http://127.0.0.1:${simulator.port}/\n`;
			for (let tries = 0; !simulator.stdout.includes(line) && tries < 50; tries++) {
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			ok(simulator.stdout.includes(line), simulator.stdout);
			equal((await simulator.stop()).code, 0);
		}
	}).timeout(20_000);

	for (const args of [
		["--prot", "1"],
		["--port", "x"],
		["--port", "70000"],
		["--flash-timing", "fast"],
		["--log-level", "loud"],
		["--power-limit", "much"],
		["--power-limit", "65536"],
	]) {
		it(`${args.join(" ")} is one clear line and exit 2`, async () => {
			const { code, stderr } = await run(...args);
			equal(code, 2);
			ok(stderr.startsWith("error: "), stderr);
		}).timeout(20_000);
	}

	for (const origin of [
		"nonsense",
		"studio.example",
		"https://",
		"https://studio.example/",
		"ftp://studio.example",
		"null",
	]) {
		it(`--origin ${origin} is one clear line and exit 2`, async () => {
			const { code, stderr } = await run("--port", "0", "--flash", folder.fresh(), "--origin", origin);
			equal(code, 2);
			equal(stderr.trim().split("\n").length, 1, stderr);
			ok(stderr.includes(`"${origin}"`) && stderr.includes("https://studio.example:8443"), stderr);
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

	describe("on a flash image that a simulator has", () => {
		let first: Simulator;
		let flash: string;

		before(async function () {
			this.timeout(60_000);
			flash = folder.fresh();
			first = await start(flash);
		});
		after(async () => {
			equal((await first.stop()).code, 0);
		});

		/** Starts a second one; it waits 2 s for the first to be gone. */
		async function refused(path: string, other: string): Promise<void> {
			const args = ["--engine", other, "--port", "0", "--flash", path, "--log-level", "silent"];
			const { code, stdout, stderr } = await new Simulator(args).ended;
			equal(code, 2, stdout);
			equal(stderr.trim().split("\n").length, 1, stderr);
			ok(stderr.includes(path) && stderr.includes("--flash"), stderr);
		}

		for (const other of ["node", "xs"]) {
			it(`is one clear line and exit 2, on ${other}`, () => refused(flash, other)).timeout(30_000);
		}

		it("is so by any other name of the file", async () => {
			const link = folder.fresh();
			symlinkSync(flash, link);
			await refused(link, engine);
		}).timeout(30_000);

		it("starts within 2 s of a SIGKILL of the first, beside what a start takes", async () => {
			const started = Date.now();
			await (await start(folder.fresh())).stop("SIGKILL");
			const usual = Date.now() - started;
			await first.stop("SIGKILL");
			const killed = Date.now();
			first = await start(flash);
			const took = Date.now() - killed;
			ok(took < usual + 2000, `${took} ms, ${usual} ms where nothing was killed`);
		}).timeout(60_000);
	});

	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		it(`ends cleanly on ${signal}`, async () => {
			const simulator = await start(folder.fresh());
			equal((await simulator.stop(signal)).code, 0);
		}).timeout(60_000);
	}
});
