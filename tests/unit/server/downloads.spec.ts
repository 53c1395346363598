import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { bodyOf, HOST, ServerBench, statusOf, textOf } from "../../support/server.js";
import { pattern, SECTOR, smallFlash, upload } from "../../support/store.js";

describe("a download", () => {
	function stored(size: number): ServerBench {
		const bench = new ServerBench();
		upload(bench.store.writer(), "a b", pattern(size, 1));
		return bench;
	}

	it("is the pattern, byte for byte, however little room there is", () => {
		const size = 3 * SECTOR + 7;
		const bench = stored(size);
		const peer = bench.platform.connect("10.0.0.1", 0);
		peer.send(ascii(`GET /patterns/a%20b HTTP/1.1\r\n${HOST}\r\n`));
		let answer = "";
		for (let i = 0; i < 400; i++) {
			peer.give(13);
			bench.platform.settle();
			answer += textOf(peer.take());
		}
		equal(statusOf(answer), 200);
		ok(answer.includes(`Content-Length: ${size}\r\n`), answer);
		equal(bodyOf(answer), textOf(pattern(size, 1)));
		equal(peer.closed, false);
	});

	it("is given up with its connection: its sectors are free again", () => {
		const bench = stored(4 * SECTOR);
		for (const room of [0, 300]) {
			const peer = bench.platform.connect("10.0.0.1", room);
			peer.send(ascii(`GET /patterns/a%20b HTTP/1.1\r\n${HOST}\r\n`));
			bench.platform.settle();
			upload(bench.store.writer(), "a b", pattern(4 * SECTOR, 1));
			equal(bench.store.usedBytes, 8 * SECTOR, "read, and to be read");
			peer.end();
			equal(bench.store.usedBytes, 4 * SECTOR);
		}
	});

	it("has an ETag, a head, parts, and is not sent again to who has it", () => {
		const bench = stored(600);
		const get = (method: string, more = "") =>
			bench.request(`${method} /patterns/a%20b HTTP/1.1\r\n${HOST}${more}\r\n`);
		const etag = /ETag: (\S+)/.exec(get("GET"))?.[1] ?? "";
		ok(/^"[0-9a-f]{8}-258"$/.test(etag), etag);
		const head = get("HEAD");
		equal(statusOf(head), 200);
		equal(bodyOf(head), "");
		ok(head.includes("Content-Length: 600\r\n"));
		equal(statusOf(get("GET", `If-None-Match: ${etag}\r\n`)), 304);
		const part = get("GET", "Range: bytes=510-513\r\n");
		equal(statusOf(part), 206);
		equal(bodyOf(part), textOf(pattern(600, 1).subarray(510, 514)));
		ok(part.includes("Content-Length: 4\r\n") && part.includes("Content-Range: bytes 510-513/600\r\n"), part);
		const beyond = get("GET", "Range: bytes=600-\r\n");
		equal(statusOf(beyond), 416);
		ok(beyond.includes("Content-Range: bytes */600"), beyond);
		equal(statusOf(get("GET", `Range: bytes=0-1\r\nIf-Range: "other"\r\n`)), 200);
	});

	it("is sent only if it is the one of If-Match", () => {
		const bench = stored(600);
		const get = (more: string) => bench.request(`GET /patterns/a%20b HTTP/1.1\r\n${HOST}${more}\r\n`);
		const etag = /ETag: (\S+)/.exec(get(""))?.[1] ?? "";
		equal(statusOf(get(`If-Match: ${etag}\r\n`)), 200);
		equal(statusOf(get(`If-Match: "a", ${etag}\r\n`)), 200);
		equal(statusOf(get("If-Match: *\r\n")), 200);
		equal(statusOf(get(`If-Match: W/${etag}\r\n`)), 412, "by strong comparison");
		equal(statusOf(get(`If-Match: "a"\r\nIf-None-Match: ${etag}\r\n`)), 412, "If-Match comes first");
	});

	it("of a name of 32 characters is one, and not of 33", () => {
		const bench = new ServerBench();
		const name = "n".repeat(32);
		upload(bench.store.writer(), name, pattern(10, 1));
		equal(statusOf(bench.request(`GET /patterns/${name} HTTP/1.1\r\n${HOST}\r\n`)), 200);
		equal(statusOf(bench.request(`GET /patterns/${name}n HTTP/1.1\r\n${HOST}\r\n`)), 404);
	});

	it("that meets a flash failure while it is checked is 500, and the connection goes on", () => {
		const flash = smallFlash();
		const bench = new ServerBench({ flash });
		upload(bench.store.writer(), "a", pattern(3 * SECTOR, 2));
		const peer = bench.platform.connect();
		const { read } = flash;
		flash.read = () => {
			throw new Error("planted");
		};
		peer.send(ascii(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.settle();
		equal(statusOf(textOf(peer.take())), 500);
		equal(bench.counters.faults, 0);
		flash.read = read;
		peer.send(ascii(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.settle();
		equal(bodyOf(textOf(peer.take())), textOf(pattern(3 * SECTOR, 2)));
	});

	it("of a damaged pattern is 500, and the others are served", () => {
		const flash = smallFlash();
		const bench = new ServerBench({ flash });
		const writer = bench.store.writer();
		upload(writer, "bad", pattern(600, 2));
		upload(writer, "good", pattern(600, 3));
		for (let offset = 0; offset < 64 * SECTOR; offset += SECTOR) {
			const bytes = new Uint8Array(4);
			flash.read(bytes, offset);
			if (textOf(bytes) === textOf(pattern(600, 2).subarray(0, 4))) flash.corrupt(offset, bytes[0] ^ 0xff);
		}
		equal(statusOf(bench.request(`GET /patterns/bad HTTP/1.1\r\n${HOST}\r\n`)), 500);
		equal(statusOf(bench.request(`GET /patterns/good HTTP/1.1\r\n${HOST}\r\n`)), 200);
	});

	it("goes on to its end when its pattern is replaced meanwhile", () => {
		const bench = stored(4 * SECTOR);
		const peer = bench.platform.connect("10.0.0.1", 300);
		peer.send(ascii(`GET /patterns/a%20b HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.settle();
		upload(bench.store.writer(), "a b", pattern(SECTOR, 9));
		peer.give(100_000);
		bench.platform.settle();
		equal(bodyOf(textOf(peer.take())), textOf(pattern(4 * SECTOR, 1)));
		const used = bench.store.usedBytes;
		peer.end();
		equal(bench.store.usedBytes, used);
		equal(used, SECTOR, "the old sectors were given back when it had been sent");
	});

	it("counts as asking, as a page does, and as moving for as long as it does: erases wait", () => {
		const bench = stored(20 * SECTOR);
		const { counters, platform } = bench;
		const { clock } = bench.server;
		platform.pass(1000);
		bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`);
		equal(counters.lastAsked, clock.now());
		equal(counters.lastMoved, 0);
		platform.pass(1000);
		const peer = platform.connect("10.0.0.1", 0);
		peer.send(ascii(`GET /patterns/a%20b HTTP/1.1\r\n${HOST}\r\n`));
		platform.settle();
		const asked = clock.now();
		equal(counters.lastMoved, asked, "it is checked");
		platform.pass(300);
		peer.give(400);
		equal(counters.lastMoved, clock.now());
		const { lastMoved } = counters;
		const reads = () => bench.store.cacheHits + bench.store.cacheMisses;
		const before = reads();
		equal(counters.lastAsked, asked);
		platform.pass(500);
		peer.send([0x47]);
		equal(counters.lastMoved, lastMoved, "it waits for room");
		equal(reads(), before, "and reads nothing meanwhile");
		peer.give(100);
		equal(counters.lastMoved, clock.now());
	});

	it("that is not read gives way within a second or two to whoever waits, as long as there are such downloads", () => {
		const bench = stored(20 * SECTOR);
		const idle = [];
		for (let i = 0; i < 6; i++) {
			const peer = bench.platform.connect("10.0.0.6", 1000);
			peer.send(ascii(`GET /patterns/a%20b HTTP/1.1\r\n${HOST}\r\n`));
			bench.platform.settle();
			idle.push(peer);
		}
		const good = bench.platform.connect();
		good.send(ascii(`GET / HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.pass(4000);
		equal(statusOf(textOf(good.take())), 200);
		ok(idle.some((peer) => peer.closed));
	});
});
