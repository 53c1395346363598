import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { bodyOf, HOST, ServerBench, statusOf, textOf, WEBSOCKET } from "../../support/server.js";

describe("HTTP requests", () => {
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
		const foreign = `GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: http://evil.example\r\n\r\n`;
		equal(statusOf(bench.request(foreign)), 403, "the origin comes before the token");
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
