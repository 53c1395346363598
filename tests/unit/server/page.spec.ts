import { BLOCK_SIZE } from "../../../modules/core/memory-pool.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { bodyOf, HOST, PAGE_ETAG, ServerBench, statusOf, textOf } from "../../support/server.js";

const GET = `GET / HTTP/1.1\r\n${HOST}`;

/** A page of two blocks and a bit. */
function large(): Uint8Array {
	const page = new Uint8Array(2 * BLOCK_SIZE + 100);
	for (let i = 0; i < page.length; i++) page[i] = i % 251;
	return page;
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
		const page = large();
		const bench = new ServerBench({ page });
		const peer = bench.platform.connect("10.0.0.1", 0);
		const before = bench.pool.inUse;
		peer.send(ascii(`${GET}\r\nGET /nothing HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.settle();
		equal(bench.pool.inUse, before + 1);
		let answer = "";
		for (let i = 0; i < 200 && !answer.includes("HTTP/1.1 404"); i++) {
			peer.give(97);
			bench.platform.settle();
			answer += textOf(peer.take());
		}
		ok(bodyOf(answer).slice(0, page.length) === textOf(page));
		ok(bodyOf(answer).slice(page.length).startsWith("HTTP/1.1 404 Not Found\r\n"));
		equal(peer.closed, false);
	});

	it("is given up with its connection, and the next one has it from its start", () => {
		const page = large();
		const bench = new ServerBench({ page });
		const gone = bench.platform.connect("10.0.0.1", 5000);
		gone.send(ascii(`${GET}\r\n`));
		bench.platform.settle();
		gone.end();
		equal(statusOf(bench.request(`GET /nothing HTTP/1.1\r\n${HOST}\r\n`)), 404);
		const next = bench.platform.connect("10.0.0.1", 10_000);
		next.send(ascii(`${GET}\r\n`));
		bench.platform.settle();
		ok(bodyOf(textOf(next.take())) === textOf(page));
	});
});
