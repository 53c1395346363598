import type { ArgumentError, ConnectionError, DeviceError, K1 } from "../../client/src/index.js";
import { deepEqual, equal, ok, rejects } from "../support/assert.js";
import { prismFile } from "../support/prism.js";

/** The library as the place has it that these flows run in. */
export interface Library {
	readonly K1: typeof K1;
	readonly ArgumentError: typeof ArgumentError;
	readonly ConnectionError: typeof ConnectionError;
	readonly DeviceError: typeof DeviceError;
}

/** What the flows need of the place that they run in: Node, or a browser. */
export interface Place {
	readonly library: Library;
	/** Where the K1 is. */
	url(): string;
	/** Kills the K1, and starts it anew at the same address. */
	restart(): Promise<void>;
}

/** Bytes that are never the same twice in a row. */
function bytesOf(length: number, seed: number): Uint8Array {
	return new Uint8Array(length).map((_, i) => (i * 31 + (i >> 8) * seed) & 0xff);
}

/** What the library does with a K1, anywhere. */
export function flows({ library, url, restart }: Place): void {
	let k1: K1;

	beforeEach(async () => {
		// The simulator may take long to start anew on a computer that has much to do.
		k1 = await library.K1.connect(url(), { timeout: 40_000 });
	});
	afterEach(async () => {
		for (const { name } of await k1.list()) await k1.delete(name);
		await k1.close();
	});

	it("stores, lists, fetches and deletes", async () => {
		const bytes = bytesOf(100_000, 1);
		await k1.upload("one", bytes);
		const [listed] = await k1.list();
		deepEqual([listed.name, listed.size], ["one", 100_000] as unknown[]);
		deepEqual(await k1.download("one"), bytes);
		const { patterns, state, clients } = await k1.status();
		deepEqual([patterns, state, clients], [1, "idle", 1] as unknown[]);
		await k1.delete("one");
		await rejects(
			k1.delete("one"),
			(error) => error instanceof library.DeviceError && error.codeName === "PATTERN_NOT_FOUND",
		);
		await rejects(
			k1.download("one"),
			(error) => error instanceof library.DeviceError && error.codeName === "PATTERN_NOT_FOUND",
		);
	}).timeout(20_000);

	it("takes streams, of which nobody knows the length", async () => {
		const bytes = bytesOf(30_000, 2);
		const pieces = [0, 1, 4093, 4094, 12_000, 30_000];
		const stream = new ReadableStream<Uint8Array>({
			start(controller) {
				for (let i = 0; i + 1 < pieces.length; i++) controller.enqueue(bytes.subarray(pieces[i], pieces[i + 1]));
				controller.close();
			},
		});
		await k1.upload("streamed", stream);
		deepEqual(await k1.download("streamed"), bytes);
		await k1.upload("blob", new Blob([bytes.slice(0, 5000)]));
		deepEqual(await k1.download("blob"), bytes.slice(0, 5000));
	}).timeout(20_000);

	it("tells how much is on flash, never less than before, and all of it at the end", async () => {
		const told: number[] = [];
		await k1.upload("told", bytesOf(200_000, 3), {
			onProgress: ({ done, total }) => {
				equal(total, 200_000);
				told.push(done);
			},
		});
		ok(told.every((done, i) => i === 0 || done >= told[i - 1]));
		ok(told[0] === 0 && told[told.length - 1] === 200_000 && told.length > 10, told.join(" "));
	}).timeout(20_000);

	it("does two uploads, questions and deletions that are asked for at once", async () => {
		await k1.upload("old", bytesOf(1000, 4));
		const [one, two] = [bytesOf(60_000, 5), bytesOf(50_000, 6)];
		await Promise.all([
			k1.upload("one", one),
			k1.list(),
			k1.upload("two", two),
			k1.status(),
			k1.delete("old"),
			k1.status(),
		]);
		deepEqual(
			(await k1.list()).map(({ name }) => name),
			["one", "two"],
		);
		deepEqual(await k1.download("one"), one);
		deepEqual(await k1.download("two"), two);
	}).timeout(20_000);

	it("does two uploads of two clients at once", async () => {
		const other = await library.K1.connect(url());
		const [one, two] = [bytesOf(60_000, 7), bytesOf(50_000, 8)];
		await Promise.all([k1.upload("one", one), other.upload("two", two)]);
		await other.close();
		deepEqual(await k1.download("one"), one);
		deepEqual(await k1.download("two"), two);
	}).timeout(20_000);

	it("is told by a K1 that has two clients when to come back", async () => {
		const other = await library.K1.connect(url());
		await rejects(
			library.K1.connect(url()),
			(error) => error instanceof library.ConnectionError && error.reason === "busy" && error.retryAfter >= 1000,
		);
		await other.close();
		const third = await library.K1.connect(url());
		await third.close();
	});

	it("has an upload forgotten when its signal says so: the K1 is idle, and what was stored is as it was", async () => {
		const kept = bytesOf(9000, 9);
		await k1.upload("kept", kept);
		const stop = new AbortController();
		const upload = k1.upload("kept", bytesOf(300_000, 10), {
			signal: stop.signal,
			onProgress: ({ done }) => {
				if (done > 50_000) stop.abort(new Error("enough"));
			},
		});
		await rejects(upload, (error) => (error as Error).message === "enough");
		equal((await k1.status()).state, "idle");
		deepEqual(await k1.download("kept"), kept);
		await k1.upload("kept", kept);
	}).timeout(20_000);

	it("says what the K1 says of a pattern that is not valid", async () => {
		const bad = bytesOf(200, 11);
		bad.set([0x50, 0x52, 0x53, 0x4d, 9, 9]);
		await rejects(
			k1.upload("bad", bad),
			(error) =>
				error instanceof library.DeviceError && error.codeName === "INVALID_TLV" && error.reason.startsWith("prism:"),
		);
		await rejects(k1.upload("empty", new Uint8Array(0)), (error) => error instanceof library.DeviceError);
		await rejects(
			k1.upload("huge", new Uint8Array(600_000)),
			(error) => error instanceof library.DeviceError && error.codeName === "STORAGE_FULL",
		);
		await rejects(k1.upload("bad/name", bad), (error) => error instanceof library.ArgumentError);
	}).timeout(20_000);

	it("plays, pauses, goes on, goes dark, and says so", async () => {
		const states: string[] = [];
		const end = k1.on("state", ({ state, pattern, frames }) => states.push(`${state} ${pattern} ${frames}`));
		await k1.upload("light", prismFile({ frames: 20 }));
		await k1.play("light");
		equal((await k1.state()).state, "playing");
		await k1.pause();
		equal((await k1.state()).state, "paused");
		await k1.resume();
		await k1.brightness(77);
		await k1.gamma(220, { over: 0 });
		const { state, brightness, gamma, fps, frames, limit } = await k1.state();
		deepEqual([state, brightness, gamma, fps, frames, limit], ["playing", 77, 220, 24, 20, 2000] as unknown[]);
		await k1.stop();
		await k1.play();
		await k1.stop();
		const stopped = await k1.state();
		deepEqual([stopped.state, stopped.pattern, stopped.frames], ["stopped", "light", 0] as unknown[]);
		ok(states.includes("playing light 20") && states.includes("paused light 20"), states.join());
		end();
		await rejects(
			k1.play("none"),
			(error) => error instanceof library.DeviceError && error.codeName === "PATTERN_NOT_FOUND",
		);
		await k1.brightness(255);
		await k1.gamma(100);
	}).timeout(20_000);

	it("watches what is shown, also while it uploads, and shows something itself", async () => {
		await k1.upload("light", prismFile({ frames: 20 }));
		await k1.play("light");
		const frames = k1.watch({ fps: 30 });
		const { value } = await frames.next();
		deepEqual([value.leds, value.colors.length], [320, 960] as unknown[]);
		const bytes = bytesOf(200_000, 14);
		let uploaded = false;
		const upload = k1.upload("meanwhile", bytes).then(() => {
			uploaded = true;
		});
		let seen = 0;
		while (!uploaded && !(await frames.next()).done) seen++;
		await upload;
		ok(seen > 0, "no frames came");
		deepEqual(await k1.download("meanwhile"), bytes);
		await k1.show(Uint8Array.of(1, 2, 3, 4, 5, 6), { first: 318 });
		equal((await k1.state()).state, "live");
		for (;;) {
			const { colors } = (await frames.next()).value;
			if (colors[954] === 1) {
				deepEqual([...colors.subarray(951)], [0, 0, 0, 1, 2, 3, 4, 5, 6]);
				break;
			}
		}
		equal((await frames.return?.())?.done, true);
		await k1.stop();
		const stop = new AbortController();
		const none = k1.watch({ signal: stop.signal }).next();
		stop.abort(new Error("enough"));
		await rejects(none, (error) => (error as Error).message === "enough");
	}).timeout(20_000);

	it("says that an upload was lost when the K1 restarts in it; the next try is done", async () => {
		const bytes = bytesOf(400_000, 12);
		let begun = () => {};
		const first = new Promise<void>((resolve) => {
			begun = resolve;
		});
		const upload = k1.upload("lost", bytes, { onProgress: ({ done }) => done > 0 && begun() });
		const refused = rejects(upload, (error) => error instanceof library.ConnectionError && error.reason === "lost");
		await first;
		await restart();
		await refused;
		await k1.upload("lost", bytes);
		deepEqual(await k1.download("lost"), bytes);
	}).timeout(120_000);

	it("leaves nothing behind after 2,000 calls", async () => {
		const small = bytesOf(100, 13);
		for (let i = 0; i < 250; i++) {
			await Promise.all([k1.list(), k1.status(), k1.list(), k1.status(), k1.list(), k1.status(), k1.list()]);
			if (i % 50 === 0) await k1.upload("small", small);
			else await k1.status();
		}
		const { blocks, state, clients } = await k1.status();
		deepEqual([state, clients], ["idle", 1] as unknown[]);
		ok(blocks.inUse <= blocks.highest);
	}).timeout(30_000);
}
