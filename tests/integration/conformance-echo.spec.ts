import { once } from "node:events";
import WebSocket from "ws";
import { deepEqual, equal, ok } from "../support/assert.js";
import { engine, Simulator } from "./support/simulator.js";

/** Sizes at which the framing changes, and some that take many blocks. */
const SIZES = [0, 1, 125, 126, 127, 4095, 4096, 4097, 65_535, 65_536, 1_000_000, 8 << 20];

describe("the echo server for conformance suites", () => {
	let server: Simulator;
	let socket: WebSocket;

	before(async function () {
		this.timeout(60_000);
		server = await new Simulator(["--engine", engine, "--port", "0"], {}, "tests/conformance/echo/run.ts").ready();
	});
	beforeEach(async () => {
		socket = new WebSocket(`ws://127.0.0.1:${server.port}/any/path`, { perMessageDeflate: false });
		await once(socket, "open");
	});
	afterEach(() => socket.terminate());
	after(async () => {
		equal((await server.stop()).code, 0);
	});

	async function echo(data: Buffer, binary: boolean): Promise<void> {
		socket.send(data, { binary });
		const [answer, isBinary] = await once(socket, "message");
		equal(isBinary, binary);
		ok(data.equals(answer), `${data.length} bytes`);
	}

	for (const size of SIZES) {
		it(`sends ${size} bytes and ${size} characters back`, async () => {
			await echo(Buffer.alloc(size, Buffer.from([1, 2, 3, 0xff, 0x80])), true);
			// Characters of one to four bytes, cut by no end.
			await echo(Buffer.from("aü€😀".repeat(Math.ceil(size / 10)).slice(0, 4 * Math.floor(size / 10))), false);
		}).timeout(20_000);
	}

	it("joins fragments", async () => {
		socket.send("one, ", { fin: false });
		socket.send("two, ", { fin: false });
		socket.ping("between");
		socket.send("three");
		const [[pong], [answer]] = await Promise.all([once(socket, "pong"), once(socket, "message")]);
		equal(pong.toString(), "between");
		equal(answer.toString(), "one, two, three");
	});

	it("closes with the code that it is given", async () => {
		socket.close(3456, "bye");
		deepEqual((await once(socket, "close")).map(String), ["3456", ""]);
	});

	it("closes with 1007 what is not UTF-8", async () => {
		socket.send(Buffer.from([0x61, 0xff]), { binary: false });
		equal((await once(socket, "close"))[0], 1007);
	});

	it("serves one after another for good", async () => {
		for (let i = 0; i < 300; i++) {
			const next = new WebSocket(`ws://127.0.0.1:${server.port}/`, { perMessageDeflate: false });
			await once(next, "open");
			next.send(`${i}`);
			equal(String((await once(next, "message"))[0]), `${i}`);
			next.close();
			await once(next, "close");
		}
	}).timeout(30_000);

	it("refuses what is no handshake", async () => {
		const answer = await fetch(`http://127.0.0.1:${server.port}/`);
		equal(answer.status, 426);
	});
});
