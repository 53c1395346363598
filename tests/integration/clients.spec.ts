import { connect, type Socket } from "node:net";
import { BUFFER_OVERFLOW, CLIENTS_FULL, INVALID_TLV, TEXT_MESSAGE } from "../../modules/core/errors.js";
import { LIST, PUT_BEGIN, PUT_CHUNK, PUT_END } from "../../modules/tlv/frame.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { maskedFrame } from "../support/client-frames.js";
import { errorOf, frame, K1Client } from "./support/k1-client.js";
import { FlashFolder, type Simulator, start } from "./support/simulator.js";

describe("clients", () => {
	const folder = new FlashFolder();
	let simulator: Simulator;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh());
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	it("are two at a time; a third is told when to come back", async () => {
		const two = [await K1Client.connect(simulator.url), await K1Client.connect(simulator.url)];
		for (const delay of [1000, 2000]) {
			const third = await K1Client.connect(simulator.url);
			const { code, retryAfterMs, reason } = errorOf(await third.next());
			deepEqual({ code, retryAfterMs, reason }, { code: 1, retryAfterMs: delay, reason: CLIENTS_FULL.reason });
			deepEqual((await third.closed).code, 1013);
		}
		for (const client of two) equal((await client.ask(LIST)).type, LIST);
		for (const client of two) await client.close();
		const next = await K1Client.connect(simulator.url);
		equal((await next.ask(LIST)).type, LIST);
		await next.close();
	}).timeout(20_000);

	it("may upload the same name at the same time: one of the two is stored, whole", async () => {
		const two = [await K1Client.connect(simulator.url), await K1Client.connect(simulator.url)];
		const patterns = [Buffer.alloc(100_000, 1), Buffer.alloc(90_000, 2)];
		await Promise.all(two.map((client, i) => client.put("same", patterns[i], 1024 + 3000 * i)));
		const answer = await fetch(`http://127.0.0.1:${simulator.port}/patterns/same`);
		const stored = Buffer.from(await answer.arrayBuffer());
		ok(patterns.some((pattern) => pattern.equals(stored)));
		for (const client of two) await client.close();
	}).timeout(20_000);

	it("are told how the K1 is", async () => {
		const client = await K1Client.connect(simulator.url);
		const status = await client.status();
		const figure = (offset: number) => status.readUInt32BE(offset);
		equal(status.length, 72);
		equal(status[3], 1, "clients");
		ok(figure(8) > 100_000 && figure(12) < figure(8) && figure(16) <= figure(12) && figure(16) > 0, "heap");
		equal(figure(52), 1216 * 4096, "storage size");
		ok(figure(68) <= figure(52) - figure(48), "erased and free");
		await client.close();
	});

	it("that send too much in a message are told so, and stay", async () => {
		const client = await K1Client.connect(simulator.url);
		client.send(Buffer.alloc(4097, 0x11));
		equal(errorOf(await client.next()).code, BUFFER_OVERFLOW);
		equal((await client.ask(LIST)).type, LIST);
		client.send(Buffer.alloc(70_000, 0x11));
		equal(errorOf(await client.next()).code, BUFFER_OVERFLOW);
		equal((await client.closed).code, 1009);
	});

	it("that send text are told so, and closed with 1003", async () => {
		const client = await K1Client.connect(simulator.url);
		client.socket.send("hello");
		const { code, reason } = errorOf(await client.next());
		deepEqual({ code, reason }, { code: INVALID_TLV, reason: TEXT_MESSAGE.reason });
		equal((await client.closed).code, 1003);
	});

	it("that do not mask are closed with 1002", async () => {
		const raw = await RawClient.connect(simulator.port);
		raw.socket.write(Buffer.from([0x82, 0x03, 0x21, 0, 0]));
		const sent = await raw.until(4);
		equal(sent.toString("hex"), "880203ea");
		raw.socket.destroy();
	});

	it("get the same answers whether their bytes come all at once or one by one", async () => {
		const messages = [
			frame(PUT_BEGIN, "trickle"),
			frame(PUT_CHUNK, Buffer.alloc(300, 7)),
			frame(PUT_CHUNK, ""),
			frame(PUT_END),
			frame(LIST),
			frame(0x7f),
			frame(0x20, "trickle"),
			Buffer.from([0x21, 0]),
		];
		const key = Uint8Array.of(0x12, 0x34, 0x56, 0x78);
		const stream = Buffer.concat(messages.map((message) => maskedFrame(0x82, message, key)));
		const together = await RawClient.connect(simulator.port);
		together.socket.write(stream);
		const expected = await together.settled();
		together.socket.destroy();
		const apart = await RawClient.connect(simulator.port);
		apart.socket.setNoDelay(true);
		for (let i = 0; i < stream.length; i++) {
			apart.socket.write(stream.subarray(i, i + 1));
			await new Promise((resolve) => setImmediate(resolve));
		}
		equal((await apart.settled()).toString("hex"), expected.toString("hex"));
		ok(expected.length > 80);
		apart.socket.destroy();
	}).timeout(20_000);
});

/** A client on bare TCP. */
class RawClient {
	received = Buffer.alloc(0);

	private constructor(readonly socket: Socket) {
		socket.on("data", (data) => {
			this.received = Buffer.concat([this.received, data]);
		});
		socket.on("error", () => {});
	}

	static async connect(port: number): Promise<RawClient> {
		const client = new RawClient(connect(port, "127.0.0.1"));
		client.socket.write(
			`GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
		);
		while (!client.received.includes("\r\n\r\n")) await new Promise((resolve) => setTimeout(resolve, 5));
		client.received = client.received.subarray(client.received.indexOf("\r\n\r\n") + 4);
		return client;
	}

	async until(bytes: number): Promise<Buffer> {
		while (this.received.length < bytes) await new Promise((resolve) => setTimeout(resolve, 5));
		return this.received;
	}

	/** All that comes until nothing has come for 300 ms. */
	async settled(): Promise<Buffer> {
		for (let before = -1; before !== this.received.length; ) {
			before = this.received.length;
			await new Promise((resolve) => setTimeout(resolve, 300));
		}
		return this.received;
	}
}
