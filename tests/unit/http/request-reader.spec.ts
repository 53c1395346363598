import { COMPLETE, MORE, REFUSED, RequestReader } from "../../../modules/http/request-reader.js";
import { deepEqual, equal } from "../../support/assert.js";
import { latin1 } from "../../support/latin1.js";
import { feed, get, outcome, requestOf } from "../../support/read-request.js";

function reader(size = 512, bodies = false): RequestReader {
	const made = new RequestReader(bodies);
	made.open(new Uint8Array(size));
	return made;
}

describe("a request", () => {
	it("has its method, target, path, query and version", () => {
		const request = get("/patterns/My%20Fire?a=1&b=2");
		equal(request.method, "GET");
		equal(request.target, "/patterns/My%20Fire?a=1&b=2");
		equal(request.path, "/patterns/My Fire");
		equal(request.search, "a=1&b=2");
		equal(request.minor, 1);
		equal(request.host, "k1");
	});

	it("has its fields, whatever their case, and undefined for what was not sent", () => {
		const request = get("/", "oRiGiN: http://k1", "RANGE: bytes=0-1", "Content-type: text/plain");
		equal(request.origin, "http://k1");
		equal(request.range, "bytes=0-1");
		equal(request.contentType, "text/plain");
		equal(request.ifRange, undefined);
	});

	it("joins a list that came in several lines", () => {
		equal(get("/", "Connection: a", "Connection: b,c").connection, "a, b,c");
	});

	it("is not confused by fields that are named as what an object has", () => {
		equal(get("/", "constructor: x", "__proto__: x", "toString: x").path, "/");
	});

	it("decodes a path as UTF-8", () => equal(get("/%C3%a4%E2%82%AC").path, "/ä€"));
	it("leaves a plus in a path as it is", () => equal(get("/a+b").path, "/a+b"));

	it("decodes values of its query, the first of a name", () => {
		const request = get("/?a=1&b=x%20y+z&empty=&flag&a=2&%62ad=%zz&c==");
		equal(request.query("a"), "1");
		equal(request.query("b"), "x y z");
		equal(request.query("empty"), "");
		equal(request.query("flag"), undefined);
		equal(request.query("mpty"), undefined);
		equal(request.query("bad"), undefined);
		equal(request.query("c"), "=");
		equal(request.query("none"), undefined);
		equal(get("/").query("a"), undefined);
	});

	it("takes the authority of a target in absolute form for its host", () => {
		const request = get("HTTP://prism-k1.local:80/list?a=1");
		equal(request.host, "prism-k1.local:80");
		equal(request.path, "/list");
		equal(request.search, "a=1");
		equal(get("http://k2").path, "/");
		equal(get("http://k2?a=/b").host, "k2");
		equal(get("http://k2?a=/b").search, "a=/b");
		equal(outcome("GET http://k1/ HTTP/1.1\r\n\r\n"), 400);
	});

	it("keeps the connection, but for HTTP/1.0 and Connection: close", () => {
		equal(get("/").keepAlive, true);
		equal(get("/", "Connection: Upgrade").keepAlive, true);
		equal(get("/", "Connection: Close").keepAlive, false);
		equal(get("/", "Connection: a,close ,b").keepAlive, false);
		equal(requestOf("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keepAlive, false);
	});
});

describe("a request reader", () => {
	it("wants what the block holds, and nothing when it is done", () => {
		const r = reader(64);
		equal(r.wanted, 64);
		equal(feed(r, latin1("GET / HTTP/1.0\r\n")), MORE);
		equal(r.wanted, 48);
		equal(r.next(10).length, 10);
		equal(r.next(100).length, 48);
		equal(feed(r, latin1("\r\n")), COMPLETE);
		equal(r.wanted, 0);
	});

	it("wants nothing after a refusal", () => {
		const r = reader();
		equal(feed(r, latin1("\u0016\u0003\u0001")), REFUSED);
		equal(r.status, 400);
		equal(r.wanted, 0);
	});

	it("tells which bytes came after the request", () => {
		const r = reader();
		equal(feed(r, latin1("GET / HTTP/1.0\r\n\r\nabc")), COMPLETE);
		equal(r.leftoverStart, 18);
		equal(r.leftoverEnd, 21);
	});

	it("reads requests that came together one after the other", () => {
		const r = reader(128);
		equal(feed(r, latin1("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.0\r\n\r\nGET /3 HT")), COMPLETE);
		equal(r.request.path, "/1");
		equal(r.again(), COMPLETE);
		equal(r.request.path, "/2");
		equal(r.request.host, undefined);
		equal(r.again(), MORE);
		equal(feed(r, latin1("TP/1.0\r\n\r\n"), 1), COMPLETE);
		equal(r.request.path, "/3");
		equal(r.again(), MORE);
		equal(r.wanted, 128);
	});

	it("refuses a bad request behind a good one", () => {
		const r = reader();
		equal(feed(r, latin1("GET / HTTP/1.0\r\n\r\n\u0000")), COMPLETE);
		equal(r.again(), REFUSED);
		equal(r.status, 400);
	});

	it("starts anew on the next connection, whatever the last one left", () => {
		const r = reader();
		feed(r, latin1("GET / HT"));
		r.open(new Uint8Array(256));
		equal(r.wanted, 256);
		equal(feed(r, latin1("GET /new HTTP/1.0\r\n\r\n")), COMPLETE);
		equal(r.request.path, "/new");
		r.close();
		equal(r.request.path, "");
		equal(r.wanted, 0);
	});

	it("does not touch bytes of the buffer around its block", () => {
		const buffer = new Uint8Array(64).fill(0xee);
		const r = new RequestReader();
		r.open(buffer.subarray(8, 40));
		feed(r, latin1("GET /123456789012345678901234567890123456789"));
		equal(r.status, 414);
		deepEqual(buffer.slice(0, 8), new Uint8Array(8).fill(0xee));
		deepEqual(buffer.slice(40), new Uint8Array(24).fill(0xee));
	});
});

describe("a request reader that takes bodies", () => {
	const POST = "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\n";

	it("waits for the whole body", () => {
		for (const piece of [100, 7, 1]) {
			const r = reader(512, true);
			equal(feed(r, latin1(`${POST}a=b`), piece), MORE);
			equal(r.wanted, 2);
			equal(feed(r, latin1("&c"), piece), COMPLETE);
			equal(r.bodyStart, POST.length);
			equal(r.bodyEnd, POST.length + 5);
			equal(r.leftoverStart, r.leftoverEnd);
		}
	});

	it("tells what came after the body", () => {
		const r = reader(512, true);
		equal(feed(r, latin1(`${POST}a=b&cGET`)), COMPLETE);
		equal(r.leftoverStart, POST.length + 5);
		equal(r.leftoverEnd, POST.length + 8);
	});

	it("takes one that just fits the block, and refuses one that does not", () => {
		equal(outcome(`POST / HTTP/1.0\r\nContent-Length: 472\r\n\r\n${"x".repeat(472)}`, 100, true), 1);
		equal(outcome("POST / HTTP/1.0\r\nContent-Length: 473\r\n\r\n", 100, true), 413);
		equal(outcome(`POST / HTTP/1.0\r\nContent-Length: ${"9".repeat(200)}\r\n\r\n`, 100, true), 413);
	});
});
