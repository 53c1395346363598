import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { crc32 } from "node:zlib";
import { K1 } from "../../../client/src/index.js";
import { prismFile } from "../../integration/support/prism-file.js";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { Caller } from "../support/k1.js";

/** Reads a file as bytes without a type of its own. */
function bytesOf(path: string): Uint8Array {
	return new Uint8Array(readFileSync(path));
}

describe("k1", () => {
	const folder = new FlashFolder();
	const flash = folder.fresh();
	const caller = new Caller();
	let simulator: Simulator;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(flash, "--flash-timing", "w25q64");
		caller.device = simulator.url;
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
		caller.remove();
	});

	function hex(bytes: Uint8Array): string {
		return crc32(bytes).toString(16).padStart(8, "0");
	}

	/** What is stored, by name. */
	async function names(): Promise<string[]> {
		return (await caller.json<{ name: string }[]>("ls")).map(({ name }) => name);
	}

	/** Waits until something is so. */
	async function until(is: () => boolean): Promise<void> {
		while (!is()) await new Promise((resolve) => setTimeout(resolve, 5));
	}

	describe("put, ls, get, rm", () => {
		const one = prismFile({ frames: 70 });
		const two = prismFile({ frames: 20, fps: 60 });

		before(() => {
			writeFileSync(caller.path("one.prism"), one);
			writeFileSync(caller.path("two.prism"), two);
		});

		it("put names patterns after their files, ls lists them, get gives them back byte for byte", async () => {
			const sent = await caller.run(["put", "one.prism", "two.prism"]);
			deepEqual([sent.code, sent.stderr], [0, ""] as unknown[]);
			ok(/^one: [\d,]+ bytes stored in [\d.]+ s \(.*\/s\)\ntwo: /.test(sent.stdout), sent.stdout);
			deepEqual(await caller.json("ls"), [
				{ name: "one", size: one.length, crc32: hex(one) },
				{ name: "two", size: two.length, crc32: hex(two) },
			]);
			const listed = await caller.run(["ls"]);
			ok(listed.stdout.includes(`\none   ${one.length.toLocaleString("en-US")}  ${hex(one)}`), listed.stdout);
			equal((await caller.run(["get", "one", "back"])).code, 0);
			deepEqual(bytesOf(caller.path("back")), new Uint8Array(one));
			deepEqual((await caller.run(["get", "two", "-"])).stdout.length > 0, true);
		}).timeout(60_000);

		it("get makes NAME.prism, and does not write over one that is there unless it is told to", async () => {
			const before = bytesOf(caller.path("one.prism"));
			const refused = await caller.run(["get", "one"]);
			equal(refused.code, 1);
			ok(refused.stderr.includes("--force"), refused.stderr);
			writeFileSync(caller.path("one.prism"), "other");
			equal((await caller.run(["get", "one", "--force"])).code, 0);
			deepEqual(bytesOf(caller.path("one.prism")), before);
			const got = await caller.json<object>("get", "one", "again.prism");
			deepEqual(got, { name: "one", file: "again.prism", size: before.length });
		}).timeout(60_000);

		it("put takes another name, and stdin", async () => {
			equal((await caller.run(["put", "one.prism", "--name", "night sky"])).code, 0);
			equal((await caller.run(["put", "-", "--name", "piped"], { input: two })).code, 0);
			const sent = await caller.json<{ name: string; size: number; crc32: string; seconds: number }[]>(
				"put",
				"two.prism",
			);
			deepEqual(
				sent.map((each) => ({ ...each, seconds: 0 })),
				[{ name: "two", size: two.length, crc32: hex(two), seconds: 0 }],
			);
			deepEqual(await names(), ["night sky", "one", "piped", "two"]);
		}).timeout(60_000);

		it("rm deletes, and says what was not there", async () => {
			const { code, stdout, stderr } = await caller.run(["rm", "piped", "none", "night sky"]);
			deepEqual([code, stdout], [1, "piped: deleted\nnight sky: deleted\n"] as unknown[]);
			ok(stderr.startsWith("none: no pattern of that name"), stderr);
			equal((await caller.run(["rm", "one", "two"])).code, 0);
			equal((await caller.run(["ls"])).stderr, "no patterns are stored; k1 put FILE sends one\n");
		}).timeout(60_000);

		it("a file that is refused does not keep the others from being sent", async () => {
			const bad = Buffer.from(two);
			bad[bad.length - 1] ^= 1;
			writeFileSync(caller.path("bad.prism"), bad);
			const { code, stderr } = await caller.run(["put", "bad.prism", "two.prism"]);
			equal(code, 1);
			ok(stderr.startsWith("bad.prism: the device refused: prism: payload CRC mismatch"), stderr);
			deepEqual(await names(), ["two"]);
		}).timeout(60_000);

		it("get of what is not there says so, and leaves no file", async () => {
			const { code, stderr } = await caller.run(["get", "none"]);
			equal(code, 1);
			ok(stderr.includes("no pattern of that name") && stderr.includes("k1 ls"), stderr);
			ok(!existsSync(caller.path("none.prism")));
		}).timeout(60_000);
	});

	describe("a command line that cannot be right", () => {
		it("ends with 2, a sentence on stderr, and nothing done", async () => {
			const cases = [
				[[], "Usage: k1"],
				[["put"], "missing required argument"],
				[["frobnicate"], "unknown command"],
				[["put", "one.prism", "two.prism", "--name", "x"], "--name is for one file"],
				[["put", "-"], "--name"],
				[["put", "one.prism", "./one.prism"], "two of the files"],
				[["put", "one.prism", "--name", "a/b"], "cannot be a pattern's name"],
				[["rm", ""], "cannot be a pattern's name"],
				[["--device", "ftp://x", "ls"], "is no address"],
				[["--timeout", "x", "ls"], "take a number"],
				[["status", "--every", "0"], "take a number"],
				[["use", "a", "--forget"], "either"],
			] as const;
			await Promise.all(
				cases.map(async ([args, sentence]) => {
					const { code, stdout, stderr } = await caller.run(args);
					deepEqual([code, stdout], [2, ""] as unknown[], args.join(" "));
					ok(stderr.includes(sentence), `k1 ${args.join(" ")}: ${stderr}`);
				}),
			);
		}).timeout(60_000);

		it("help is none", async () => {
			for (const args of [["--help"], ["help", "put"], ["put", "--help"]]) {
				const { code, stdout, stderr } = await caller.run(args);
				deepEqual([code, stderr], [0, ""] as unknown[]);
				ok(stdout.includes("Example"), stdout);
			}
		}).timeout(60_000);
	});

	it("takes the device from --device, K1_DEVICE and k1 use, in this order", async () => {
		const host = `127.0.0.1:${simulator.port}`;
		const none = { env: { K1_DEVICE: "" } };
		equal((await caller.run(["use"], none)).stdout, "prism-k1.local (from nothing given)\n");
		equal((await caller.run(["use", host], none)).code, 0);
		equal((await caller.run(["ls"], none)).code, 0);
		equal((await caller.run(["use"], none)).stdout, `${host} (from k1 use)\n`);
		const wrong = await caller.run(["ls"], { env: { K1_DEVICE: "127.0.0.1:1" } });
		equal(wrong.code, 1);
		ok(wrong.stderr.startsWith("nothing answers at 127.0.0.1:1"), wrong.stderr);
		equal((await caller.run(["ls", "--device", `http://${host}/`], { env: { K1_DEVICE: "127.0.0.1:1" } })).code, 0);
		equal((await caller.run(["use", "--forget"], none)).code, 0);
		equal((await caller.run(["use"], none)).stdout, "prism-k1.local (from nothing given)\n");
	}).timeout(60_000);

	it("status says how the device is; with --watch line by line, until Ctrl-C, which is no failure", async () => {
		const status = await caller.json<{ clients: number; state: string; storage: { size: number } }>("status");
		deepEqual([status.clients, status.state, status.storage.size], [1, "idle", 4_980_736] as unknown[]);
		ok((await caller.run(["status"])).stdout.includes("clients   1 of 2"));
		const watching = caller.start(["status", "--watch", "--every", "0.1", "--json"]);
		await until(() => watching.stdout.split("\n").length > 3);
		watching.process.kill("SIGINT");
		const { code, stdout } = await watching.ended;
		equal(code, 0);
		for (const line of stdout.trim().split("\n")) equal(JSON.parse(line).clients, 1);
	}).timeout(60_000);

	it("takes paths as the caller means them under npm run, which starts it in the project's folder", async () => {
		const env = { npm_lifecycle_event: "k1", INIT_CWD: caller.path("elsewhere") };
		mkdirSync(caller.path("elsewhere"));
		writeFileSync(caller.path("elsewhere", "small"), "there");
		equal((await caller.run(["put", "small"], { env })).code, 0);
		equal((await caller.run(["get", "small", "back"], { env })).code, 0);
		equal(readFileSync(caller.path("elsewhere", "back"), "utf8"), "there");
		equal((await caller.run(["rm", "small"])).code, 0);
	}).timeout(60_000);

	it("put draws a bar in a terminal that never jumps back, fits in it, and leaves the terminal as it was", async () => {
		writeFileSync(caller.path("bar"), Buffer.alloc(400_000, 0x77));
		for (const columns of [80, 120]) {
			const { code, stdout } = await caller.inTerminal(["put", "bar"], columns);
			equal(code, 0);
			const frames = stdout.split("\x1b[0K").map((text) => text.split("\r").pop() ?? "");
			const bars = frames.filter((text) => text.includes("░") || text.includes("█"));
			ok(bars.length > 3, stdout);
			let before = 0;
			for (const bar of bars) {
				const plain = stripVTControlCharacters(bar);
				ok(plain.length < columns, `${plain.length} columns: ${plain}`);
				const share = Number(/(\d+)%/.exec(plain)?.[1]);
				ok(share >= before && share <= 100, `${share}% after ${before}%`);
				before = share;
			}
			ok(/bar: 400,000 bytes stored/.test(stdout));
			ok(stdout.lastIndexOf("\x1b[?25h") > stdout.lastIndexOf("\x1b[?25l"), "the cursor is hidden");
		}
		equal((await caller.run(["rm", "bar"])).code, 0);
	}).timeout(60_000);

	describe("a put that is broken off", () => {
		const big = Buffer.alloc(500_000, 0x55);
		const small = Buffer.alloc(3000, 0x33);

		before(() => {
			writeFileSync(caller.path("big"), big);
			writeFileSync(caller.path("small"), small);
		});
		beforeEach(async function () {
			this.timeout(60_000);
			for (const name of await names()) await caller.run(["rm", name]);
			equal((await caller.run(["put", "small", "--name", "big"])).code, 0);
		});

		/** Waits until somebody else has sent some twenty messages: an upload is well under way then. */
		async function begun(k1: K1): Promise<void> {
			const { frames: before } = await k1.status();
			let asked = 0;
			let now = before;
			while (now - before - asked < 20) {
				await new Promise((resolve) => setTimeout(resolve, 5));
				now = (await k1.status()).frames;
				asked++;
			}
		}

		it("by Ctrl-C ends with 130; the device is idle, and what was stored is as it was", async () => {
			const k1 = await K1.connect(simulator.url);
			const putting = caller.start(["put", "big"]);
			await begun(k1);
			putting.process.kill("SIGINT");
			deepEqual(await putting.ended, { code: 130, stdout: "", stderr: "broken off\n" });
			deepEqual([(await k1.status()).clients, (await k1.list())[0]?.size], [1, 3000]);
			deepEqual(await k1.download("big"), new Uint8Array(small));
			await k1.close();
		}).timeout(60_000);

		it("by the end of the device ends with 1 and says so; after its restart nothing is half stored", async () => {
			const { port } = simulator;
			const k1 = await K1.connect(simulator.url, { reconnect: false });
			const putting = caller.start(["put", "big"]);
			await begun(k1);
			await simulator.stop("SIGKILL");
			const { code, stderr } = await putting.ended;
			equal(code, 1);
			ok(stderr.startsWith("the connection was lost") && stderr.includes("is not stored"), stderr);
			await k1.close();
			simulator = await start(flash, "--flash-timing", "w25q64", "--port", String(port));
			deepEqual(await names(), ["big"]);
			equal((await caller.run(["get", "big", "back"])).code, 0);
			deepEqual(bytesOf(caller.path("back")), new Uint8Array(small));
		}).timeout(60_000);

		it("before it began, since two others are connected, ends with 1 and says when to come back", async () => {
			const others = [await K1.connect(simulator.url), await K1.connect(simulator.url)];
			const { code, stderr } = await caller.run(["put", "big"]);
			equal(code, 1);
			ok(/^two other clients are connected .* there may be a place in \d+ s\nClose one/.test(stderr), stderr);
			deepEqual((await others[0].list())[0]?.size, 3000);
			// A pattern can be fetched all the same.
			equal((await caller.run(["get", "big", "back"])).code, 0);
			for (const other of others) await other.close();
		}).timeout(60_000);
	});
});
