import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { ArgumentError, ConnectionError, type ConnectionReason, K1, K1Error } from "../../../client/src/index.js";
import { MAX_CLIENTS_REACHED } from "../../../modules/core/errors.js";
import { FRAME, LIST, PUT_BEGIN, PUT_CHUNK, PUT_END, STATUS } from "../../../modules/tlv/frame.js";
import { deepEqual, equal, ok, rejects } from "../../support/assert.js";
import { FakeDevice } from "../support/fake-device.js";

const OPTIONS = { timeout: 300, keepAlive: 0, reconnect: false };

function is(reason: ConnectionReason): (error: unknown) => boolean {
	return (error) => error instanceof ConnectionError && error instanceof K1Error && error.reason === reason;
}

describe("K1.connect", () => {
	it("is refused where nobody listens", async () => {
		const device = await FakeDevice.start();
		const { url } = device;
		await device.stop();
		await rejects(K1.connect(url, OPTIONS), is("refused"));
	});

	it("times out where nobody answers", async () => {
		const silent = createTcpServer(() => {});
		await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
		const { port } = silent.address() as AddressInfo;
		await rejects(K1.connect(`127.0.0.1:${port}`, OPTIONS), is("timeout"));
		silent.close();
	});

	it("times out where a WebSocket opens and nothing comes", async () => {
		const device = await FakeDevice.start();
		device.greet = () => {};
		await rejects(K1.connect(device.url, OPTIONS), is("timeout"));
		await device.stop();
	});

	it("tells a third client when to come back", async () => {
		const device = await FakeDevice.start();
		device.greet = (_, peer) => {
			peer.refuse(MAX_CLIENTS_REACHED, "two clients are connected; try again later", 4000);
			peer.socket.close(1013);
		};
		await rejects(
			K1.connect(device.url, OPTIONS),
			(error) => is("busy")(error) && (error as ConnectionError).retryAfter === 4000,
		);
		await device.stop();
	});

	it("says what a status means", async () => {
		for (const [status, reason] of [
			[401, "denied"],
			[403, "denied"],
			[421, "denied"],
			[404, "refused"],
			[503, "refused"],
		] as const) {
			const server = createServer().on("upgrade", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
			await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
			const { port } = server.address() as AddressInfo;
			await rejects(
				K1.connect(`http://127.0.0.1:${port}/`, OPTIONS),
				(error) => is(reason)(error) && (error as ConnectionError).status === status,
			);
			server.close();
		}
	});

	it("is ended by its signal, at any time", async () => {
		const device = await FakeDevice.start();
		device.greet = () => {};
		const reason = new Error("enough");
		await rejects(
			K1.connect(device.url, { ...OPTIONS, signal: AbortSignal.abort(reason) }),
			(error) => error === reason,
		);
		const later = new AbortController();
		setTimeout(() => later.abort(reason), 50);
		await rejects(K1.connect(device.url, { ...OPTIONS, signal: later.signal }), (error) => error === reason);
		await device.stop();
	});

	it("takes names, hosts and addresses, and refuses what is none", async () => {
		for (const bad of ["", "ftp://host/", "ws://", "http://a b/"]) {
			await rejects(K1.connect(bad, OPTIONS), (error) => error instanceof ArgumentError);
		}
		await rejects(K1.connect("127.0.0.1", { timeout: -1 }), (error) => error instanceof ArgumentError);
	});
});

describe("a connection", () => {
	let device: FakeDevice;

	beforeEach(async () => {
		device = await FakeDevice.start();
	});
	afterEach(() => device.stop());

	it("that is not answered in time is given up, with all that was asked", async () => {
		const k1 = await K1.connect(device.url, OPTIONS);
		const calls = await Promise.allSettled([k1.list(), k1.status(), k1.delete("a")]);
		for (const call of calls) ok(call.status === "rejected" && is("timeout")(call.reason));
		await rejects(k1.list(), is("timeout"));
		await k1.close();
	});

	it("is asked whether anybody is there when it was silent", async () => {
		device.script = (_, peer) => peer.metrics();
		const k1 = await K1.connect(device.url, { ...OPTIONS, keepAlive: 30 });
		await new Promise((resolve) => setTimeout(resolve, 120));
		const asked = device.peer.types.length;
		ok(asked >= 1 && asked <= 5, `${asked} times`);
		device.script = () => {};
		await new Promise<void>((resolve) => {
			k1.on("disconnected", (error) => {
				ok(is("timeout")(error));
				resolve();
			});
		});
		await k1.close();
	});

	it("comes back when it was lost, and calls wait for it", async () => {
		const k1 = await K1.connect(device.url, { timeout: 5000, keepAlive: 0 });
		const { port } = device;
		const events: string[] = [];
		k1.on("disconnected", (error) => events.push((error as ConnectionError).reason));
		k1.on("reconnecting", (delay, attempt) => {
			ok(delay >= 1000 * 2 ** attempt && delay <= 1250 * 2 ** attempt, `${delay} ms`);
			events.push(`${attempt}`);
		});
		k1.on("connected", () => events.push("connected"));
		const lost = k1.list();
		await device.stop();
		await rejects(lost, is("lost"));
		device = await FakeDevice.start(port);
		device.script = (_, peer) => peer.send(LIST, "\0");
		deepEqual(await k1.list(), []);
		deepEqual(events, ["lost", "0", "connected"]);
		await k1.close();
		deepEqual(events, ["lost", "0", "connected", "closed"]);
	}).timeout(8000);

	it("waits as long as the device says before it comes back", async () => {
		const k1 = await K1.connect(device.url, { timeout: 200, keepAlive: 0 });
		device.greet = (_, peer) => {
			peer.refuse(MAX_CLIENTS_REACHED, "two clients are connected; try again later", 16_000);
			peer.socket.close(1013);
		};
		const delays: number[] = [];
		const told = new Promise<void>((resolve) => {
			k1.on("reconnecting", (delay) => {
				delays.push(delay);
				if (delays.length === 2) resolve();
			});
		});
		device.peer.socket.terminate();
		await told;
		ok(delays[1] >= 16_000 && delays[1] <= 20_000, `${delays}`);
		await rejects(k1.list(), is("busy"));
		await k1.close();
	});

	it("goes on with watching when it comes back", async () => {
		const k1 = await K1.connect(device.url, { timeout: 3000, keepAlive: 0 });
		const { port } = device;
		const send = (number: number) => {
			const value = Buffer.alloc(9);
			value.writeUInt32BE(number);
			value[5] = 1;
			device.peer.send(FRAME, value);
		};
		device.script = (_, peer) => {
			peer.ok();
			send(7);
		};
		const frames = k1.watch({ fps: 5 });
		equal((await frames.next()).value?.frame, 7);
		const next = frames.next();
		await device.stop();
		device = await FakeDevice.start(port);
		device.script = ({ value }, peer) => {
			deepEqual([...value], [0x20, 5]);
			peer.ok();
			send(8);
		};
		equal((await next).value?.frame, 8);
		const last = frames.next();
		await k1.close();
		equal((await last).done, true);
	}).timeout(8000);

	it("that is closed has every call refused", async () => {
		const k1 = await K1.connect(device.url, OPTIONS);
		const call = rejects(k1.list(), is("closed"));
		await k1.close();
		await k1.close();
		await call;
		await rejects(k1.list(), is("closed"));
		await rejects(k1.upload("a", new Uint8Array(1)), is("closed"));
		await rejects(k1.watch().next(), is("closed"));
	});

	it("has an upload forgotten when its signal says so, in the middle and while its source stands still", async () => {
		device.script = ({ type, value }, peer) => {
			if (type === PUT_BEGIN) peer.ok();
			if (type === STATUS) peer.metrics(0, 1);
			if (type === PUT_END) {
				equal(value.length, 4);
				peer.refuse(3, "CRC mismatch: the bytes were changed on the way; send again");
			}
		};
		const k1 = await K1.connect(device.url, OPTIONS);
		const reason = new Error("enough");
		const stop = new AbortController();
		let cancelled = false;
		const still = new ReadableStream<Uint8Array>({
			start: (controller) => controller.enqueue(new Uint8Array(5000)),
			cancel() {
				cancelled = true;
			},
		});
		setTimeout(() => stop.abort(reason), 50);
		await rejects(k1.upload("a", still, { signal: stop.signal }), (error) => error === reason);
		deepEqual(device.peer.types, [PUT_BEGIN, PUT_CHUNK, PUT_END]);
		// The upload behind it never starts when its own signal comes first.
		const second = k1.upload("b", new Uint8Array(1), { signal: AbortSignal.abort(reason) });
		await rejects(second, (error) => error === reason);
		equal(device.peer.types.length, 3);
		ok(cancelled);
		await k1.close();
	});

	it("sends no more ahead than the device has room for", async () => {
		let chunks = 0;
		device.script = ({ type }, peer) => {
			if (type === PUT_BEGIN) peer.ok();
			if (type === PUT_CHUNK) chunks++;
		};
		const k1 = await K1.connect(device.url, OPTIONS);
		// Questions are not answered: after 128 KB it waits, and then gives up.
		await rejects(k1.upload("a", new Uint8Array(500_000)), is("timeout"));
		equal(chunks, 32);
		await k1.close();
	});
});
