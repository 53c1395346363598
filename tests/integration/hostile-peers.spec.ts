import { get } from "node:http";
import { connect, type Socket } from "node:net";
import { PUT_BEGIN, STATUS } from "../../modules/tlv/frame.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { maskedFrame } from "../support/client-frames.js";
import { frame, K1Client } from "./support/k1-client.js";
import { FlashFolder, type Simulator, start } from "./support/simulator.js";

const KEY = Uint8Array.of(1, 2, 3, 4);
/** Where the metrics record has what these specs look at. */
const POOL_IN_USE = 26;
const CLIENTS = 3;

describe("a K1 with a client at work", () => {
	const folder = new FlashFolder();
	let simulator: Simulator;
	let client: K1Client;
	const opened: Socket[] = [];

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh());
		client = await K1Client.connect(simulator.url);
		await client.put("big", Buffer.alloc(500_000, 3));
	});
	afterEach(async function () {
		this.timeout(20_000);
		for (const socket of opened.splice(0)) socket.destroy();
		await backToNormal();
	});
	after(async () => {
		await client.close();
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	function tcp(text: string): Socket {
		const socket = connect(simulator.port, "127.0.0.1");
		socket.on("error", () => {});
		socket.write(text, "latin1");
		opened.push(socket);
		return socket;
	}

	function upgrade(): string {
		return (
			`GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${simulator.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
		);
	}

	/** On a connection of its own: one that was kept may have given way to a newcomer. */
	function download(name: string): Promise<Buffer> {
		return new Promise((resolve, reject) => {
			const asked = get({ port: simulator.port, path: `/patterns/${name}`, agent: false }, (answer) => {
				const chunks: Buffer[] = [];
				answer.on("data", (chunk) => chunks.push(chunk));
				answer.on("end", () => resolve(Buffer.concat(chunks)));
			});
			asked.on("error", reject);
		});
	}

	/** The client works on: an upload, and what is stored is right. */
	async function works(seed: number): Promise<void> {
		const pattern = Buffer.alloc(30_000, seed);
		await client.put("work", pattern);
		deepEqual(await download("work"), pattern);
	}

	/** All that the others held is given back: one client, its block, the cache's four. */
	async function backToNormal(): Promise<void> {
		const started = Date.now();
		for (;;) {
			const status = await client.status();
			if (status[CLIENTS] === 1 && status.readUInt16BE(POOL_IN_USE) <= 5) return;
			if (Date.now() > started + 8000)
				throw new Error(`${status[CLIENTS]} clients, ${status.readUInt16BE(POOL_IN_USE)} blocks`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	it("goes on while request heads trickle", async () => {
		const slow = Array.from({ length: 12 }, () => tcp("GET / HT"));
		const trickle = setInterval(() => {
			for (const socket of slow) socket.write("x");
		}, 50);
		for (let i = 0; i < 5; i++) await works(i);
		clearInterval(trickle);
	}).timeout(30_000);

	it("goes on while connections are only opened", async () => {
		for (let i = 0; i < 40; i++) tcp("");
		for (let i = 0; i < 5; i++) await works(i);
	}).timeout(30_000);

	it("goes on while a client does not read its answers, and drops it", async () => {
		const deaf = tcp(upgrade());
		deaf.pause();
		const question = maskedFrame(0x82, frame(STATUS), KEY);
		const flood = Buffer.concat(Array.from({ length: 200 }, () => question));
		const more = setInterval(() => deaf.write(flood), 10);
		for (let i = 0; i < 5; i++) await works(i);
		clearInterval(more);
	}).timeout(30_000);

	it("goes on while a download is not read", async () => {
		const deaf = tcp(`GET /patterns/big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
		deaf.pause();
		for (let i = 0; i < 5; i++) await works(i);
	}).timeout(30_000);

	it("goes on through a flood of pings", async () => {
		const pinger = tcp(upgrade());
		pinger.resume();
		const ping = maskedFrame(0x89, Buffer.alloc(125, 1), KEY);
		const flood = Buffer.concat(Array.from({ length: 100 }, () => ping));
		const more = setInterval(() => {
			if (pinger.writableLength < 1_000_000) pinger.write(flood);
		}, 5);
		for (let i = 0; i < 5; i++) await works(i);
		clearInterval(more);
	}).timeout(30_000);

	it("goes on through messages in fragments of one byte", async () => {
		const picky = tcp(upgrade());
		picky.resume();
		const message = frame(PUT_BEGIN, "tiny");
		const pieces = Array.from(message, (byte, i) => {
			const first = i === 0 ? 0x02 : i === message.length - 1 ? 0x80 : 0x00;
			return maskedFrame(first, Uint8Array.of(byte), KEY);
		});
		const more = setInterval(() => picky.write(Buffer.concat(pieces)), 5);
		for (let i = 0; i < 5; i++) await works(i);
		clearInterval(more);
	}).timeout(30_000);

	it("goes on through bytes that mean nothing", async () => {
		let state = 1;
		for (let i = 0; i < 60; i++) {
			const noise = Buffer.alloc(600);
			for (let at = 0; at < noise.length; at++) {
				state = (Math.imul(state, 1664525) + 1013904223) | 0;
				noise[at] = state >>> 24;
			}
			tcp(i % 2 === 0 ? "" : upgrade()).write(noise);
			if (i % 12 === 0) await works(i);
		}
	}).timeout(30_000);

	it("goes on through 1,000 connections made and broken", async () => {
		for (let i = 0; i < 1000; i++) {
			const socket = tcp(i % 3 === 0 ? upgrade() : i % 3 === 1 ? "GET / HTTP/1.1\r\n" : "");
			await new Promise((resolve) => socket.once("connect", resolve));
			if (i % 2 === 0) socket.resetAndDestroy();
			else socket.destroy();
			opened.length = 0;
			if (i % 200 === 0) await works(i & 0xff);
		}
		ok((await client.list()).length >= 2);
	}).timeout(60_000);
});
