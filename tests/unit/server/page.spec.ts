import { BLOCK_SIZE } from "../../../modules/core/memory-pool.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { bodyOf, HOST, PAGE_ETAG, ServerBench, statusOf } from "../../support/server.js";

const GET = `GET / HTTP/1.1\r\n${HOST}`;

/** Bytes of a page that does not fit a block. */
const LARGE = BLOCK_SIZE + 900;

/** The byte of the large page at this place. */
function byteAt(at: number): number {
	return at % 251;
}

function large(): Uint8Array {
	const page = new Uint8Array(LARGE);
	for (let i = 0; i < page.length; i++) page[i] = byteAt(i);
	return page;
}

/** Reads an answer with the large page as it comes, and keeps none of it: memory is short. */
class PageReader {
	head = "";
	/** Bytes of the page that have come. */
	bytes = 0;
	/** What came behind it. */
	rest = "";

	take(bytes: Uint8Array): void {
		for (const byte of bytes) {
			if (!this.head.endsWith("\r\n\r\n")) this.head += String.fromCharCode(byte);
			else if (this.bytes === LARGE) this.rest += String.fromCharCode(byte);
			else ok(byte === byteAt(this.bytes++), "the page's byte");
		}
	}
}

describe("The page", () => {
	it("says what it is, how it is packed, and what it may do", () => {
		const answer = new ServerBench().request(`${GET}\r\n`);
		equal(statusOf(answer), 200);
		for (const field of [
			"Content-Type: text/html; charset=utf-8",
			"Content-Encoding: gzip",
			"Content-Security-Policy: default-src 'none'",
			"X-Content-Type-Options: nosniff",
			"Cache-Control: no-cache",
			`ETag: ${PAGE_ETAG}`,
			`Content-Length: ${bodyOf(answer).length}`,
		]) {
			ok(answer.includes(`${field}\r\n`), `${field} in ${answer}`);
		}
	});

	it("has a head, and is not sent again to who has it", () => {
		const bench = new ServerBench();
		const head = bench.request(`HEAD / HTTP/1.1\r\n${HOST}\r\n`);
		equal(statusOf(head), 200);
		equal(bodyOf(head), "");
		ok(head.includes("Content-Length: 32\r\n") && head.includes(`ETag: ${PAGE_ETAG}\r\n`), head);
		const same = bench.request(`${GET}If-None-Match: ${PAGE_ETAG}\r\n\r\n`);
		equal(statusOf(same), 304);
		equal(bodyOf(same), "");
		equal(statusOf(bench.request(`${GET}If-None-Match: "other"\r\n\r\n`)), 200);
		equal(statusOf(bench.request(`${GET}If-Match: ${PAGE_ETAG}\r\n\r\n`)), 200);
		equal(statusOf(bench.request(`${GET}If-Match: "other"\r\n\r\n`)), 412);
	});

	it("comes whole through one block, however little room there is, and what was asked behind it is answered", () => {
		const bench = new ServerBench({ page: large() });
		const peer = bench.platform.connect("10.0.0.1", 0);
		const before = bench.pool.inUse;
		peer.send(ascii(`${GET}\r\nGET /nothing HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.settle();
		equal(bench.pool.inUse, before + 1);
		const reader = new PageReader();
		for (let i = 0; i < 100 && !reader.rest.includes("\r\n\r\n"); i++) {
			peer.give(97);
			bench.platform.settle();
			reader.take(peer.take());
		}
		equal(reader.bytes, LARGE);
		equal(statusOf(reader.head), 200);
		equal(statusOf(reader.rest), 404);
		equal(peer.closed, false);
	});

	it("is given up with its connection, and the next one has it from its start", () => {
		const bench = new ServerBench({ page: large() });
		const gone = bench.platform.connect("10.0.0.1", 4500);
		gone.send(ascii(`${GET}\r\n`));
		bench.platform.settle();
		gone.end();
		equal(statusOf(bench.request(`GET /nothing HTTP/1.1\r\n${HOST}\r\n`)), 404);
		const next = bench.platform.connect("10.0.0.1", 10_000);
		next.send(ascii(`${GET}\r\n`));
		bench.platform.settle();
		const reader = new PageReader();
		reader.take(next.take());
		equal(reader.bytes, LARGE);
	});
});
