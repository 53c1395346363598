import { MAX_CONNECTIONS } from "../../../modules/server/limits.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { ServerBench, textOf } from "../../support/server.js";
import { append, begin, pattern, SECTOR, smallFlash, upload } from "../../support/store.js";

const HOST = "Host: prism-k1.local\r\n";
const WEBSOCKET =
	"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

function statusOf(answer: string): number {
	return Number(answer.slice(9, 12));
}

function bodyOf(answer: string): string {
	return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}

describe("an HTTP request", () => {
	const rows: readonly (readonly [string, string, number])[] = [
		["the page", `GET / HTTP/1.1\r\n${HOST}\r\n`, 200],
		["the page's head", `HEAD / HTTP/1.1\r\n${HOST}\r\n`, 200],
		["nothing that is here", `GET /nothing HTTP/1.1\r\n${HOST}\r\n`, 404],
		["a pattern that is not stored", `GET /patterns/none HTTP/1.1\r\n${HOST}\r\n`, 404],
		["a name that cannot be", `GET /patterns/-x HTTP/1.1\r\n${HOST}\r\n`, 404],
		["a pattern with an endless name", `GET /patterns/${"a".repeat(99)} HTTP/1.1\r\n${HOST}\r\n`, 404],
		["the page by POST", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`, 405],
		["the page with a body", `GET / HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nxx`, 400],
		["another host's page", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421],
		["the page without a Host", "GET / HTTP/1.1\r\n\r\n", 400],
		["the page of an address", "GET / HTTP/1.1\r\nHost: 192.168.1.7:80\r\n\r\n", 200],
		["the WebSocket without an upgrade", `GET /ws HTTP/1.1\r\n${HOST}\r\n`, 426],
		["the WebSocket by POST", `POST /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`, 405],
		[
			"the WebSocket from a foreign page",
			`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: http://evil.example\r\n\r\n`,
			403,
		],
		[
			"the WebSocket from its own page",
			`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: http://prism-k1.local\r\n\r\n`,
			101,
		],
		["no HTTP", "\x16\x03\x01\x02\x00", 400],
		["no HTTP either", `GET / HTTP/1.1\n${HOST}\r\n`, 400],
		["too much", `GET / HTTP/1.1\r\nX: ${"a".repeat(4096)}`, 431],
	];
	for (const [what, text, status] of rows) {
		it(`for ${what} is answered ${status}`, () => equal(statusOf(new ServerBench().request(text)), status));
	}

	it("that is refused is told what to do, in a sentence", () => {
		const answer = new ServerBench().request(`GET /ws HTTP/1.1\r\n${HOST}\r\n`);
		ok(answer.includes("Sec-WebSocket-Version: 13\r\n"), answer);
		ok(bodyOf(answer).includes("WebSocket client"), answer);
	});

	it("needs the token where one is set, but for the page", () => {
		const bench = new ServerBench({ token: "secret" });
		equal(statusOf(bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`)), 200);
		equal(statusOf(bench.request(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`)), 401);
		equal(statusOf(bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`)), 401);
		equal(statusOf(bench.request(`GET /ws?token=secrets HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`)), 401);
		equal(statusOf(bench.request(`GET /ws?token=secret HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`)), 101);
		equal(statusOf(bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Authorization: Bearer secret\r\n\r\n`)), 101);
	});

	it("may come from a page on the list", () => {
		const bench = new ServerBench({ origins: ["https://studio.example"] });
		equal(
			statusOf(bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: https://studio.example\r\n\r\n`)),
			101,
		);
	});

	it("may follow another on the same connection, sent at once or later", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		const request = `GET /nothing HTTP/1.1\r\n${HOST}\r\n`;
		peer.send(ascii(request + request));
		peer.send(ascii(request));
		bench.platform.settle();
		const answers = textOf(peer.take()).split("HTTP/1.1 404").length - 1;
		equal(answers, 3);
		equal(peer.closed, false);
	});

	it("with Connection: close is the last", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		peer.send(ascii(`GET / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`));
		ok(textOf(peer.take()).includes("Connection: close\r\n"));
		bench.platform.pass(1000);
		equal(peer.closed, true);
	});

	it("has 5 s for its head, else 408; a connection without a request is closed in silence", () => {
		const bench = new ServerBench();
		const slow = bench.platform.connect();
		const silent = bench.platform.connect();
		slow.send(ascii("GET / HT"));
		bench.platform.pass(4900);
		equal(slow.take().length, 0);
		bench.platform.pass(500);
		equal(statusOf(textOf(slow.take())), 408);
		equal(silent.take().length, 0);
		equal(silent.closed, true);
		bench.platform.pass(1000);
		equal(slow.closed, true);
	});
});

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
		const beyond = get("GET", "Range: bytes=600-\r\n");
		equal(statusOf(beyond), 416);
		ok(beyond.includes("Content-Range: bytes */600"), beyond);
		equal(statusOf(get("GET", `Range: bytes=0-1\r\nIf-Range: "other"\r\n`)), 200);
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
});

describe("many connections", () => {
	it("that trickle or wait keep nobody out: the oldest gives way", () => {
		const bench = new ServerBench();
		const waiting = [];
		for (let i = 0; i < 2 * MAX_CONNECTIONS; i++) {
			const peer = bench.platform.connect();
			peer.send(ascii("GET /"));
			waiting.push(peer);
		}
		equal(waiting.filter((peer) => !peer.closed).length, 3);
		equal(waiting.at(-1)?.closed, false);
		equal(statusOf(bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`)), 200);
	});

	it("cannot take the clients' blocks", () => {
		const bench = new ServerBench();
		for (let i = 0; i < MAX_CONNECTIONS; i++) bench.platform.connect().send(ascii("GET /"));
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
		for (let i = 0; i < MAX_CONNECTIONS; i++) bench.platform.connect().send(ascii("GET /"));
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
	});

	it("that are all being served leave 503 for the next", () => {
		const bench = new ServerBench();
		upload(bench.store.writer(), "a", pattern(3 * SECTOR, 1));
		for (let i = 0; i < 3; i++) {
			bench.platform.connect("10.0.0.1", 200).send(ascii(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`));
			bench.platform.settle();
		}
		const fourth = bench.platform.connect();
		const answer = textOf(fourth.take());
		equal(statusOf(answer), 503);
		ok(answer.includes("Retry-After: 1\r\n"), answer);
		bench.platform.pass(1000);
		equal(fourth.closed, true);
	});

	it("one after the other, 300 of each kind, leave the pool as it was", () => {
		const bench = new ServerBench();
		const { inUse } = bench.pool;
		for (let i = 0; i < 300; i++) {
			bench.platform.connect().end();
			const half = bench.platform.connect();
			half.send(ascii("GET / HTTP/1.1\r\n"));
			half.end();
			bench.client().peer.end();
		}
		equal(bench.pool.inUse, inUse);
		equal(bench.counters.clients, 0);
		equal(bench.errors.length, 0);
	});
});

describe("a fault in the firmware", () => {
	it("ends the connection that it came with, and no other", () => {
		const flash = smallFlash();
		const bench = new ServerBench({ flash });
		const first = bench.client();
		const second = bench.client();
		flash.read = () => {
			throw new TypeError("planted");
		};
		bench.store.writeList = () => {
			throw new TypeError("planted");
		};
		first.say("21 0000");
		equal(first.peer.closed, true);
		equal(second.peer.closed, false);
		equal(bench.counters.faults, 1);
		equal(bench.errors.length, 1);
		ok(second.say("30 0000").startsWith("824b30"));
	});
});

describe("the server's turns", () => {
	it("let a client be answered while another sends without end", () => {
		const bench = new ServerBench();
		const busy = bench.client();
		const other = bench.client();
		const writer = bench.store.writer();
		begin(writer, "x");
		append(writer, pattern(10, 1));
		busy.say("10 0001 61");
		const chunk = new Uint8Array(3 + 2000);
		chunk.set([0x11, 2000 >> 8, 2000 & 0xff]);
		for (let i = 0; i < 4; i++) busy.say(chunk);
		ok(other.say("30 0000").startsWith("824b30"));
	});
});
