import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { K1 } from "../../../client/src/index.js";
import { FlashFolder, freePort, type Simulator, start } from "../../integration/support/simulator.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { prismFile } from "../../support/prism.js";
import { Caller } from "../support/k1.js";

describe("k1 and the light", () => {
	const folder = new FlashFolder();
	const caller = new Caller();
	let simulator: Simulator;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh());
		caller.device = simulator.url;
		writeFileSync(caller.path("one.prism"), prismFile({ frames: 10 }));
		writeFileSync(caller.path("two.prism"), prismFile({ frames: 20, fps: 60 * 256 }));
		writeFileSync(caller.path("bytes"), "just bytes");
		equal((await caller.run(["put", "one.prism", "two.prism", "bytes"])).code, 0);
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
		caller.remove();
	});

	interface State {
		readonly state: string;
		readonly pattern: string;
		readonly brightness: number;
		readonly gamma: number;
	}

	async function short(): Promise<unknown[]> {
		const { state, pattern, brightness, gamma } = await caller.json<State>("state");
		return [state, pattern, brightness, gamma];
	}

	async function printed(...args: string[]): Promise<string> {
		const { code, stdout, stderr } = await caller.run(args);
		equal(code, 0, stderr);
		return stdout;
	}

	it("play, stop, pause, resume, brightness and gamma do it, and say what is so then", async () => {
		equal(await printed("play", "two"), "two plays\n");
		equal(await printed("pause"), "two stands still\n");
		equal(await printed("resume"), "two goes on\n");
		equal(await printed("brightness", "40%", "--over", "50ms"), "brightness 102 of 255\n");
		equal(await printed("gamma", "2.2"), "gamma 2.20\n");
		deepEqual(await short(), ["playing", "two", 102, 220]);
		equal(await printed("stop"), "dark\n");
		equal(await printed("pause"), "there is nothing to pause: stopped\n");
		equal(await printed("play"), "two plays\n");
		ok((await printed("state")).includes("brightness  102 of 255\n"));
		const refused = await caller.run(["play", "none"]);
		deepEqual([refused.code, refused.stderr], [
			1,
			"the device refused: no pattern of that name\nk1 ls shows what is there.\n",
		] as unknown[]);
		equal((await caller.run(["play", "bytes"])).code, 1);
		for (const args of [
			["brightness", "300"],
			["brightness", "x"],
			["gamma", "5"],
			["brightness", "1", "--over", "2h"],
		]) {
			equal((await caller.run(args)).code, 2, args.join(" "));
		}
	}).timeout(60_000);

	it("state says what GET /state says, whoever is connected", async () => {
		const others = [await K1.connect(simulator.url), await K1.connect(simulator.url)];
		const state = await caller.json<Record<string, unknown>>("state");
		const answer = await fetch(`http://127.0.0.1:${simulator.port}/state`);
		const said = (await answer.json()) as object;
		deepEqual(Object.keys(state), Object.keys(said));
		for (const other of others) await other.close();
	}).timeout(60_000);

	it("state --watch tells what changes, until Ctrl-C, which is no failure", async () => {
		const watching = caller.start(["state", "--watch", "--json"]);
		const until = async (text: string) => {
			while (!watching.stdout.includes(text)) await new Promise((resolve) => setTimeout(resolve, 10));
		};
		await until('"two"');
		const k1 = await K1.connect(simulator.url);
		await k1.play("one");
		await until('"one"');
		await k1.close();
		watching.process.kill("SIGINT");
		const { code, stdout, stderr } = await watching.ended;
		deepEqual([code, stderr], [0, ""] as unknown[]);
		for (const line of stdout.trim().split("\n")) ok("milliamps" in JSON.parse(line));
	}).timeout(60_000);

	it("watch draws frames as they come, as lines or JSON where there is no terminal", async () => {
		await printed("play", "one");
		const lines = (await printed("watch", "--seconds", "0.5")).trimEnd().split("\n");
		ok(lines.length > 2 && /^ +\d+ [ .:=+*#%@-]{72}$/.test(lines[0]), lines[0]);
		const [first] = (await printed("watch", "--seconds", "0.5", "--fps", "10", "--json")).split("\n");
		const { leds, colors } = JSON.parse(first);
		deepEqual([leds, colors.length], [320, 1920]);
	}).timeout(60_000);

	it("preview --live shows a file on the device without storing it", async () => {
		const playing = caller.start(["preview", "two.prism", "--live"]);
		const k1 = await K1.connect(simulator.url);
		while ((await k1.state()).state !== "live") await new Promise((resolve) => setTimeout(resolve, 20));
		playing.process.kill("SIGINT");
		equal((await playing.ended).code, 0);
		equal((await k1.list()).length, 3);
		await k1.close();
	}).timeout(60_000);

	it("preview NAME fetches what is stored", async () => {
		equal((await printed("preview", "one")).trimEnd().split("\n").length, 10);
	}).timeout(60_000);

	it("backup, all gone, restore: the same list, the same state; each goes on where it was broken off", async () => {
		await printed("play", "two");
		await printed("brightness", "99");
		await printed("pause");
		const before = [await caller.json<object[]>("ls"), await short()];
		deepEqual(await caller.json("backup", "kept"), { patterns: 3, moved: 3, bytes: totalOf(before[0]) });
		deepEqual(readdirSync(caller.path("kept")).sort(), ["bytes.prism", "k1-backup.json", "one.prism", "two.prism"]);
		deepEqual(readFileSync(caller.path("kept", "two.prism")), readFileSync(caller.path("two.prism")));
		// Broken off in the middle: a part of a file, and one that is not there yet.
		truncateSync(caller.path("kept", "one.prism"), 50);
		rmSync(caller.path("kept", "two.prism"));
		equal((await caller.json<{ moved: number }>("backup", "kept")).moved, 2);

		await printed("rm", "one", "two", "bytes");
		await printed("brightness", "1");
		await printed("put", "one.prism");
		equal((await caller.json<{ moved: number }>("restore", "kept")).moved, 2);
		deepEqual([await caller.json<object[]>("ls"), await short()], before);
		equal((await caller.json<{ moved: number }>("restore", "kept")).moved, 0);

		await printed("stop");
		await printed("backup", "dark");
		await printed("play", "one");
		await printed("restore", "dark");
		deepEqual(await short(), ["stopped", "two", 99, 220]);
		const none = await caller.run(["restore", "nowhere"]);
		equal(none.code, 1);
		ok(none.stderr.includes("no whole backup"), none.stderr);
	}).timeout(60_000);

	function totalOf(listed: unknown): number {
		return (listed as { size: number }[]).reduce((sum, { size }) => sum + size, 0);
	}

	it("bench measures, and leaves nothing behind", async () => {
		const figures = await caller.json<Record<string, number>>("bench", "--size", "50");
		ok(figures.size === 50_000 && figures.uploadRate > 1000 && figures.downloadRate > 1000, JSON.stringify(figures));
		equal((await caller.json<object[]>("ls")).length, 3);
	}).timeout(60_000);

	it("doctor finds a K1 good, and says where it gets stuck with others", async () => {
		const findings = await caller.json<{ what: string; result: string }[]>("doctor");
		deepEqual(
			findings.map(({ what }) => what),
			["device", "name", "port", "light", "connection", "answers", "storage"],
		);
		ok(findings.every(({ result }) => result !== "bad"));
		for (const [device, sentence] of [
			["127.0.0.1:1", "nothing listens at its port 1"],
			["no-such-name.invalid", "nobody knows the name"],
			["ftp://x", "no address"],
		]) {
			const { code, stdout } = await caller.run(["doctor", "--device", device, "--timeout", "2"]);
			equal(code, 1);
			ok(stdout.includes(sentence), stdout);
		}
		const others = [await K1.connect(simulator.url), await K1.connect(simulator.url)];
		const full = await caller.run(["doctor"]);
		equal(full.code, 1);
		ok(full.stdout.includes("two other clients are connected"), full.stdout);
		for (const other of others) await other.close();
	}).timeout(60_000);
});

describe("k1 and a K1 that wants a token", () => {
	const folder = new FlashFolder();
	const caller = new Caller();

	it("gives it, and says so where it has none", async () => {
		const simulator = await start(folder.fresh(), "--token", "secret");
		caller.device = simulator.url;
		const refused = await caller.run(["ls"]);
		equal(refused.code, 1);
		ok(refused.stderr.includes("--token TOKEN"), refused.stderr);
		equal((await caller.run(["ls", "--token", "secret"])).code, 0);
		equal((await caller.run(["state"], { env: { K1_TOKEN: "secret" } })).code, 0);
		equal((await caller.run(["state"])).code, 1);
		equal((await caller.run(["ls", "--device", `${simulator.url}?token=secret`])).code, 0);
		await simulator.stop();
		folder.remove();
		caller.remove();
	}).timeout(60_000);
});

describe("k1 and a K1 that announces itself", () => {
	const folder = new FlashFolder();
	const caller = new Caller();

	after(() => {
		folder.remove();
		caller.remove();
	});

	it("finds it, and takes it by its name", async () => {
		const port = await freePort();
		const simulator = await start(folder.fresh(), "--mdns", "--port", String(port));
		const found = await caller.json<{ host: string; port: number; url: string; leds: number }[]>("discover");
		const device = found.find((each) => each.port === port);
		ok(device !== undefined, JSON.stringify(found));
		deepEqual([device.leds, device.url.endsWith(`:${port}/ws`)], [320, true] as unknown[]);
		equal((await caller.run(["ls", "--device", `${device.host}:${port}`])).code, 0);
		ok((await caller.run(["discover"])).stdout.includes(device.url));
		await simulator.stop();
	}).timeout(60_000);

	it("says so where none announces itself", async () => {
		const { code, stdout, stderr } = await caller.run(["discover", "--seconds", "0.1"]);
		ok(code === 1 ? stderr.includes("no device has answered") : code === 0 && stdout !== "");
	}).timeout(60_000);
});
