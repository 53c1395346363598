import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { ascii, hex, toHex } from "../../support/hex.js";
import { type Client, HOST, KEY, OK, ServerBench, textOf, WEBSOCKET } from "../../support/server.js";
import { pattern, SECTOR, upload } from "../../support/store.js";

/** A STATUS answer begins so. */
const METRICS = "824b30";

/** The same bytes so many times over. */
function times(count: number, bytes: Uint8Array): Uint8Array {
	const all = new Uint8Array(count * bytes.length);
	for (let i = 0; i < count; i++) all.set(bytes, i * bytes.length);
	return all;
}

function question(bytes: string): Uint8Array {
	return maskedFrame(0x82, hex(bytes), KEY);
}

/** A chunk of so many bytes. */
function chunk(size: number): Uint8Array {
	const message = new Uint8Array(3 + size);
	message.set([0x11, size >> 8, size & 0xff]);
	return maskedFrame(0x82, message, KEY);
}

/** How many of these frames the K1 reads before others have their turn. */
function readInATurn(frames: Uint8Array, frame: number, begins = "10 0001 61"): number {
	const bench = new ServerBench();
	const client = bench.client();
	client.say(begins);
	client.peer.send(frames);
	const read = frames.length - client.peer.unread;
	bench.platform.settle();
	equal(client.peer.unread, 0, "all in the end");
	return read / frame;
}

describe("a turn", () => {
	it("is one largest message", () => {
		const frame = chunk(4093);
		const read = readInATurn(times(3, frame), frame.length);
		ok(read >= 1 && read < 1.1, `${read} messages`);
	});

	it("is a few messages that are short", () => {
		const frame = chunk(1);
		const read = readInATurn(times(40, frame), frame.length);
		ok(read >= 2 && read <= 8, `${read} messages`);
	});

	it("is a piece more for a long message behind short ones", () => {
		const [short, long] = [times(2, chunk(1)), chunk(4093)];
		const both = new Uint8Array(short.length + long.length);
		both.set(short);
		both.set(long, short.length);
		const read = readInATurn(both, 1);
		ok(read > short.length && read < short.length + 2100, `${read} bytes`);
	});

	it("is a few pings, which are answered", () => {
		const ping = maskedFrame(0x89, new Uint8Array(0), KEY);
		const read = readInATurn(times(24, ping), ping.length, "");
		ok(read >= 1 && read <= 5, `${read} pings`);
	});

	it("is a few fragments", () => {
		const first = maskedFrame(0x02, hex("11"), KEY);
		const next = maskedFrame(0x00, hex("00"), KEY);
		const bench = new ServerBench();
		const { peer } = bench.client();
		peer.send(first);
		peer.send(times(60, next));
		const read = (60 * next.length - peer.unread) / next.length;
		ok(read >= 5 && read <= 15, `${read} fragments`);
	});

	it("is a question or two, or one that has much of an answer", () => {
		const read = readInATurn(times(20, question("30 0000")), 9);
		ok(read >= 1 && read <= 3, `${read} questions for STATUS`);
	});

	it("ends with twelve lines of a request head", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		peer.send(ascii(`GET / HTTP/1.1\r\n${HOST}${"X: y\r\n".repeat(40)}\r\n`));
		let turns = 0;
		while (peer.take().length === 0 && bench.platform.turn()) turns++;
		ok(turns >= 3 && turns <= 5, `${turns} turns`);
	});

	it("is one request of several that came at once", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		peer.send(ascii(`GET /nothing HTTP/1.1\r\n${HOST}\r\n`.repeat(5)));
		for (let i = 0; i < 5; i++) {
			equal(textOf(peer.take()).split("HTTP/1.1 404").length - 1, 1, `request ${i}`);
			bench.platform.turn();
		}
		equal(bench.platform.turn(), false);
	});

	it("is one sector of a pattern that is checked", () => {
		const bench = new ServerBench();
		upload(bench.store.writer(), "a", pattern(10 * SECTOR, 1));
		const peer = bench.platform.connect();
		peer.send(ascii(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`));
		let turns = 0;
		while (peer.take().length === 0 && bench.platform.turn()) turns++;
		equal(turns, 10);
	});

	it("counts what came with the handshake as well", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		const handshake = ascii(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`);
		const ping = maskedFrame(0x89, new Uint8Array(0), KEY);
		const stream = new Uint8Array(handshake.length + 24 * ping.length);
		stream.set(handshake);
		stream.set(times(24, ping), handshake.length);
		peer.send(stream);
		const first = toHex(peer.take());
		const pongs = (text: string) => text.split("8a00").length - 1;
		ok(pongs(first) <= 5, `${pongs(first)} pongs`);
		bench.platform.settle();
		equal(pongs(first) + pongs(toHex(peer.take())), 24);
		equal(bench.pool.inUse, 2, "the client's block and the cache's");
	});
});

describe("turns", () => {
	it("let the LEDs come in before each", () => {
		const bench = new ServerBench();
		const client = bench.client();
		let polls = 0;
		Object.assign(bench.lamp, {
			poll: () => {
				polls++;
			},
		});
		client.peer.send(times(8, question("30 0000")));
		const after = [polls];
		while (client.peer.unread > 0) {
			bench.platform.turn();
			after.push(polls);
		}
		ok(after.length > 2);
		equal(after.join(), after.map((_, i) => i + 1).join());
	});
});

describe("who has had a turn", () => {
	/** A client that has more to be read than a turn takes, and another one. */
	function busyAndOther(): [bench: ServerBench, busy: Client, other: Client] {
		const bench = new ServerBench();
		const busy = bench.client();
		const other = bench.client();
		busy.say("10 0001 61");
		busy.peer.send(times(5, chunk(2000)));
		ok(busy.peer.unread > 5000, `${busy.peer.unread} bytes unread`);
		return [bench, busy, other];
	}

	it("waits for the others", () => {
		const [, busy, other] = busyAndOther();
		const { unread } = busy.peer;
		other.peer.send(question("30 0000"));
		ok(toHex(other.peer.take()).startsWith(METRICS));
		equal(busy.peer.unread, unread);
	});

	it("is not read before its turn when more comes, or when there is room", () => {
		const [bench, busy] = busyAndOther();
		const { unread } = busy.peer;
		busy.peer.send([0x82]);
		equal(busy.peer.unread, unread + 1);
		busy.peer.give(100);
		equal(busy.peer.unread, unread + 1);
		bench.platform.turn();
		ok(busy.peer.unread < unread);
	});

	it("takes turns with one that sends as much", () => {
		const bench = new ServerBench();
		const two = [bench.client(), bench.client()];
		for (const client of two) client.say(client === two[0] ? "10 0001 61" : "10 0001 62");
		for (const client of two) client.peer.send(times(7, chunk(800)));
		for (let turns = 0; two[0].peer.unread > 0; turns++) {
			ok(turns < 5);
			const difference = two[0].peer.unread - two[1].peer.unread;
			ok(Math.abs(difference) < 900, `a difference of ${difference}`);
			bench.platform.turn();
		}
		for (const client of two) equal(client.say("12 0000"), OK);
	});

	it("has none any more once it is gone", () => {
		const [bench, busy, other] = busyAndOther();
		const { unread } = busy.peer;
		busy.peer.end();
		bench.platform.settle();
		equal(busy.peer.unread, unread);
		ok(other.say("30 0000").startsWith(METRICS));
		equal(bench.counters.faults, 0);
	});
});
