import { writeFileSync } from "node:fs";
import { ArgumentError, K1 } from "../../../client/src/index.js";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { deepEqual, equal, ok, rejects, throws } from "../../support/assert.js";
import { Caller } from "../support/k1.js";

describe("k1 and the log", () => {
	const folder = new FlashFolder();
	const caller = new Caller();
	let simulator: Simulator;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh(), "--log-level", "info");
		caller.device = simulator.url;
		writeFileSync(caller.path("one"), "just bytes, for once");
		equal((await caller.run(["put", "one"])).code, 0);
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
		caller.remove();
	});

	async function printed(...args: string[]): Promise<string> {
		const { code, stdout, stderr } = await caller.run(args);
		equal(code, 0, stderr);
		return stdout;
	}

	interface Line {
		readonly level: string;
		readonly ms: number;
		readonly text: string;
	}

	it("logs prints what the device has logged, and then what it logs, up to a level", async () => {
		const reading = caller.start(["logs", "--json"]);
		const lines = (): Line[] =>
			reading.stdout
				.split("\n")
				.slice(0, -1)
				.map((line) => JSON.parse(line));
		const until = async (there: () => boolean) => {
			while (!there()) await new Promise((resolve) => setTimeout(resolve, 10));
		};
		await until(() => lines().some(({ text }) => text.endsWith('sent "one", 20 bytes')));
		const { level, ms } = lines()[0];
		ok(level === "info" && Number.isInteger(ms), reading.stdout);
		ok(
			lines().some(({ text }) => text.startsWith("store: ")),
			"what it said when it started is still there",
		);
		const before = lines().length;
		const k1 = await K1.connect(simulator.url);
		await until(() => lines().length > before);
		ok(lines().at(-1)?.text.startsWith("client from "), reading.stdout);
		await k1.close();
		await until(() => lines().at(-1)?.text === "client gone");
		reading.process.kill("SIGINT");
		const { code, stderr } = await reading.ended;
		deepEqual([code, stderr], [0, ""] as unknown[]);
	}).timeout(60_000);

	it("logs --level debug shows what the device does not print itself, and errors alone where only they are wanted", async () => {
		const reading = caller.start(["logs", "--level", "debug", "--seconds", "5"]);
		const k1 = await K1.connect(simulator.url);
		while (!reading.stdout.includes("client from")) await new Promise((resolve) => setTimeout(resolve, 10));
		await fetch(`http://127.0.0.1:${simulator.port}/nothing?token=hush-hush`);
		while (!/ debug 127\.0\.0\.1: GET \/nothing -> 404\n/.test(reading.stdout)) {
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		reading.process.kill("SIGINT");
		equal((await reading.ended).code, 0);
		ok(!reading.stdout.includes("hush"));
		await k1.close();
		equal(await printed("logs", "--level", "error", "--seconds", "0.5"), "");
		equal((await caller.run(["logs", "--level", "loud"])).code, 2);
	}).timeout(60_000);

	it("the library gives the log to one reader at a time, until that ends or the connection is closed", async () => {
		const k1 = await K1.connect(simulator.url);
		const first = k1.logs();
		equal((await first.next()).done, false);
		await rejects(k1.logs().next(), (error) => error instanceof ArgumentError);
		await first.return?.();
		for await (const { level } of k1.logs({ level: "info" })) {
			equal(level, "info");
			break;
		}
		throws(
			() => k1.logs({ level: "loud" as "info" }),
			(error) => error instanceof ArgumentError,
		);
		const last = k1.logs();
		await last.next();
		const rest = (async () => {
			for await (const _ of last);
		})();
		await k1.close();
		await rest;
	}).timeout(60_000);
});
