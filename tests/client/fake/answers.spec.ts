import { ConnectionError, DeviceError, K1 } from "../../../client/src/index.js";
import { INVALID_TLV, MAX_CLIENTS_REACHED, PATTERN_NOT_FOUND, STORAGE_FULL } from "../../../modules/core/errors.js";
import {
	CONTROL,
	DELETE,
	FRAME,
	LINE,
	LIST,
	PLAYBACK,
	PUT_BEGIN,
	PUT_CHUNK,
	PUT_END,
	SHOW,
	STATUS,
} from "../../../modules/tlv/frame.js";
import { deepEqual, equal, ok, rejects } from "../../support/assert.js";
import { FakeDevice } from "../support/fake-device.js";

const PLAYBACK_VALUE = Buffer.alloc(31);
PLAYBACK_VALUE.set([1, 1, 0, 200, 0, 100]);

describe("the library sorts answers: ", () => {
	let device: FakeDevice;
	let k1: K1;

	beforeEach(async () => {
		device = await FakeDevice.start();
		k1 = await K1.connect(device.url, { reconnect: false, timeout: 2000, keepAlive: 0 });
	});
	afterEach(async () => {
		await k1.close();
		await device.stop();
	});

	const isRefusal = (code: number, reason: string) => (error: unknown) =>
		error instanceof DeviceError && error.code === code && error.reason === reason;
	const emptyList = () => device.peer.send(LIST, "\0");

	it("calls made at once get theirs in the order of the calls", async () => {
		device.script = ({ type }, peer) => {
			if (type === LIST) emptyList();
			else if (type === DELETE) peer.refuse(PATTERN_NOT_FOUND, "no pattern of that name");
			else if (type === STATUS) peer.metrics(0, 0);
			else peer.ok();
		};
		const calls = [k1.list(), k1.delete("a"), k1.status(), k1.stop(), k1.list()] as const;
		const [first, second, third, fourth] = await Promise.allSettled(calls);
		deepEqual([first.status, second.status, third.status, fourth.status], [
			"fulfilled",
			"rejected",
			"fulfilled",
			"fulfilled",
		] as string[]);
		ok(isRefusal(PATTERN_NOT_FOUND, "no pattern of that name")((second as PromiseRejectedResult).reason));
	});

	it("FRAMEs, LINEs and PLAYBACKs in between are nobody's answer", async () => {
		device.script = (_, peer) => {
			peer.together(() => {
				peer.send(PLAYBACK, PLAYBACK_VALUE);
				peer.send(FRAME, Buffer.alloc(6));
				peer.send(LINE, Buffer.alloc(6));
				emptyList();
			});
		};
		const states: number[] = [];
		k1.on("state", ({ brightness }) => states.push(brightness));
		deepEqual(await k1.list(), []);
		deepEqual(states, [200]);
	});

	it("a PLAYBACK that nobody asked for may answer a question for the state; the answer itself is then nobody's", async () => {
		device.script = ({ type }, peer) => {
			if (type !== CONTROL) emptyList();
			else {
				peer.send(PLAYBACK, PLAYBACK_VALUE);
				peer.send(PLAYBACK, PLAYBACK_VALUE);
			}
		};
		const [state, list] = await Promise.all([k1.state(), k1.list()]);
		deepEqual([state.state, state.gamma, list], ["playing", 100, []] as unknown[]);
	});

	it("a chunk that is refused fails the upload alone, once, and not the questions around it", async () => {
		let chunks = 0;
		device.script = ({ type }, peer) => {
			if (type === PUT_BEGIN) peer.ok();
			else if (type === PUT_CHUNK && ++chunks === 3) peer.refuse(STORAGE_FULL, "no room");
			else if (type === STATUS) peer.metrics(0, 1);
			else if (type === LIST) emptyList();
		};
		const upload = k1.upload("a", new Uint8Array(20_000));
		const lists = [k1.list(), k1.list()];
		await rejects(upload, isRefusal(STORAGE_FULL, "no room"));
		deepEqual(await Promise.all(lists), [[], []]);
		// PUT_END was not answered, and is not waited for: what comes next is answered right.
		deepEqual(await k1.list(), []);
	});

	it("a refusal of the chunk that comes with the answer to PUT_BEGIN, in one packet, is the upload's", async () => {
		device.script = ({ type }, peer) => {
			if (type === LIST) emptyList();
			if (type !== PUT_BEGIN) return;
			peer.together(() => {
				peer.ok();
				peer.refuse(INVALID_TLV, "upload timeout: no bytes for 5 s; start again");
			});
		};
		await rejects(
			k1.upload("a", new Uint8Array(10)),
			(error) => error instanceof DeviceError && error.reason.startsWith("upload timeout"),
		);
		deepEqual(await k1.list(), []);
	});

	it("a refused PUT_BEGIN sends no chunk", async () => {
		device.script = ({ type }, peer) => {
			if (type === PUT_BEGIN) peer.refuse(STORAGE_FULL, "64 patterns are stored; delete one first");
			else emptyList();
		};
		await rejects(k1.upload("a", new Uint8Array(100_000)), (error) => error instanceof DeviceError);
		deepEqual(await k1.list(), []);
		deepEqual(device.peer.types, [PUT_BEGIN, LIST]);
	});

	it("a CONTROL that is refused in an upload leaves the upload alone", async () => {
		device.script = ({ type }, peer) => {
			if (type === PUT_BEGIN || type === PUT_END) peer.ok();
			else if (type === STATUS) peer.metrics(0, 1);
			else if (type === CONTROL) peer.refuse(INVALID_TLV, "not a .prism file");
		};
		const upload = k1.upload("a", new Uint8Array(10_000), {
			onProgress: ({ done }) => {
				if (done === 0)
					played ??= k1.play("b").then(
						() => "played",
						(error: DeviceError) => error.reason,
					);
			},
		});
		let played: Promise<string> | undefined;
		await upload;
		equal(await played, "not a .prism file");
	});

	it("an upload timeout that comes before the answer to a CONTROL is the upload's", async () => {
		device.script = ({ type }, peer) => {
			if (type === PUT_BEGIN) peer.ok();
			else if (type === STATUS) peer.metrics(0, 1);
			else if (type === CONTROL) {
				peer.refuse(INVALID_TLV, "upload timeout: no bytes for 5 s; start again");
				peer.ok();
			}
		};
		const never = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(9000)) });
		const upload = k1.upload("a", never);
		while (!device.peer.types.includes(PUT_CHUNK)) await new Promise((resolve) => setTimeout(resolve, 5));
		await k1.stop();
		await rejects(upload, (error) => error instanceof DeviceError && error.reason.startsWith("upload timeout"));
	});

	it("SHOW counts as taken when the question behind it is answered, and its refusal is its own", async () => {
		let shows = 0;
		device.script = ({ type }, peer) => {
			if (type === STATUS) peer.metrics();
			else if (type === SHOW && ++shows === 2) peer.refuse(INVALID_TLV, "not R, G, B");
		};
		const [one, two, three] = await Promise.allSettled([1, 2, 3].map((value) => k1.show(Uint8Array.of(value, 0, 0))));
		deepEqual([one.status, two.status, three.status], ["fulfilled", "rejected", "fulfilled"] as string[]);
	});

	it("a refusal of nothing is an event, and the reason where the connection ends with it", async () => {
		const events: string[] = [];
		k1.on("refused", ({ message }) => events.push(message));
		k1.on("disconnected", ({ message }) => events.push(message));
		device.peer.refuse(INVALID_TLV, "receive timeout: a message took over 5 s");
		device.peer.socket.close(1008);
		await rejects(k1.list(), (error) => error instanceof ConnectionError && error.reason === "lost");
		ok(events[1].includes("receive timeout"), events.join("; "));
		equal(events.length, 2);
	});

	it("a listener that throws keeps no answer from who waits for it", async () => {
		device.script = (_, peer) => peer.send(PLAYBACK, PLAYBACK_VALUE);
		const handlers = process.listeners("uncaughtException");
		process.removeAllListeners("uncaughtException");
		const thrown = new Promise((resolve) => process.once("uncaughtException", resolve));
		k1.on("state", () => {
			throw new Error("the program's own");
		});
		equal((await k1.state()).state, "playing");
		equal(((await thrown) as Error).message, "the program's own");
		for (const handler of handlers) process.on("uncaughtException", handler);
	});

	it("an answer that nobody waits for ends the connection, rather than be taken for another one's", async () => {
		device.script = (_, peer) => peer.ok();
		await rejects(k1.list(), (error) => error instanceof ConnectionError && error.reason === "lost");
	});

	it("a watcher that the device has no block for is told so", async () => {
		device.script = (_, peer) => peer.refuse(MAX_CLIENTS_REACHED, "no block is free", 1000);
		await rejects(
			k1.watch().next(),
			(error) => error instanceof DeviceError && error.code === MAX_CLIENTS_REACHED && error.retryAfter === 1000,
		);
	});
});
