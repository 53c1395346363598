import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { bodyOf, HOST, ServerBench, statusOf, textOf } from "../../support/server.js";

describe("HEAD", () => {
	const rows: readonly (readonly [string, string, number])[] = [
		["for the page", `HEAD / HTTP/1.1\r\n${HOST}\r\n`, 200],
		["for nothing that is here", `HEAD /nothing HTTP/1.1\r\n${HOST}\r\n`, 404],
		["without a Host", "HEAD / HTTP/1.1\r\n\r\n", 400],
		["with a field that is none", `HEAD / HTTP/1.1\r\n${HOST}X\r\n\r\n`, 400],
		["in another version", `HEAD / HTTP/2.0\r\n${HOST}\r\n`, 505],
		["of too long a target", `HEAD /${"a".repeat(600)} HTTP/1.1\r\n${HOST}\r\n`, 414],
		["of a target that does not end", `HEAD /${"a".repeat(4200)}`, 414],
		["with too much", `HEAD / HTTP/1.1\r\nX: ${"a".repeat(4096)}`, 431],
	];
	for (const [what, text, status] of rows) {
		it(`${what} is answered ${status} without a body`, () => {
			const answer = new ServerBench().request(text);
			equal(statusOf(answer), status);
			ok(/\r\nContent-Length: [1-9]/.test(answer), answer);
			equal(bodyOf(answer), "");
		});
	}

	it("that takes too long is answered 408 without a body", () => {
		const bench = new ServerBench();
		const answer = bench.request("HEAD / HTTP/1.1\r\n", "10.0.0.1", 5500);
		equal(statusOf(answer), 408);
		equal(bodyOf(answer), "");
	});
});

describe("Expect: 100-continue", () => {
	const HEAD = `POST / HTTP/1.1\r\n${HOST}Expect: 100-Continue\r\nContent-Length: `;
	const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

	it("is told to go on, and then answered", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		peer.send(ascii(`${HEAD}4\r\n\r\n`));
		equal(textOf(peer.take()), CONTINUE);
		peer.send(ascii("a=bc"));
		equal(statusOf(textOf(peer.take())), 405);
		peer.send(ascii(`GET / HTTP/1.1\r\n${HOST}\r\n`));
		bench.platform.settle();
		equal(statusOf(textOf(peer.take())), 200);
	});

	it("is told so once, however the rest comes", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect();
		peer.send(ascii(`${HEAD}4\r\n\r\n`));
		for (const byte of ascii("a=bc")) peer.send([byte]);
		const answer = textOf(peer.take());
		ok(answer.startsWith(CONTINUE) && statusOf(answer.slice(CONTINUE.length)) === 405, answer);
	});

	it("is answered at once when the body is there, or may not be", () => {
		const bench = new ServerBench();
		equal(statusOf(bench.request(`${HEAD}4\r\n\r\na=bc`)), 405);
		const begun = bench.platform.connect();
		begun.send(ascii(`${HEAD}4\r\n\r\na`));
		equal(begun.take().length, 0, "it did not wait to be told");
		equal(statusOf(bench.request(`${HEAD}9999\r\n\r\n`)), 413);
		equal(statusOf(bench.request(`GET / HTTP/1.1\r\n${HOST}Expect: 100-continue\r\n\r\n`)), 200);
	});

	it("does not count in HTTP/1.0", () => {
		const peer = new ServerBench().platform.connect();
		peer.send(ascii(`POST / HTTP/1.0\r\n${HOST}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n`));
		equal(peer.take().length, 0);
	});
});
