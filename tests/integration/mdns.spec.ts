import { get } from "node:http";
import Bonjour from "bonjour-service";
import { deepEqual, equal, ok } from "../support/assert.js";
import { engine, FlashFolder, freePort, Simulator } from "./support/simulator.js";

describe("npm start -- --mdns", () => {
	const folder = new FlashFolder();
	after(() => folder.remove());

	async function simulator(port: string): Promise<Simulator> {
		const args = ["--engine", engine, "--flash", folder.fresh(), "--log-level", "silent", "--mdns", "--port", port];
		return new Simulator(args).ready();
	}

	it("is found under its name; a second one gets a number", async () => {
		const ports = [await freePort(), await freePort()];
		const first = await simulator(String(ports[0]));
		const second = await simulator(String(ports[1]));
		const bonjour = new Bonjour();
		const found = new Map<number, { name: string; host: string; txt: Record<string, string> }>();
		bonjour.find({ type: "prism" }, ({ name, host, port, txt }) => found.set(port, { name, host, txt }));
		const deadline = Date.now() + 5000;
		while (found.size < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
		bonjour.destroy();
		const one = found.get(ports[0]);
		deepEqual([one?.name, one?.host], ["prism-k1", "prism-k1.local"]);
		equal(found.get(ports[1])?.host, "prism-k1-2.local");
		deepEqual({ path: one?.txt.path, leds: one?.txt.leds }, { path: "/ws", leds: "320" });
		// It knows itself by the name that it got (fetch would not send another Host).
		const status = await new Promise((resolve) => {
			get({ port: ports[1], headers: { Host: "prism-k1-2.local" } }, ({ statusCode }) => resolve(statusCode));
		});
		equal(status, 200);
		for (const each of [first, second]) equal((await each.stop()).code, 0);
	}).timeout(60_000);

	it("needs a port", async () => {
		const { code, stderr } = await new Simulator(["--engine", engine, "--mdns", "--port", "0"]).ended;
		equal(code, 2);
		ok(stderr.startsWith("--mdns"), stderr);
	}).timeout(20_000);
});
