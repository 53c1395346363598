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

	it("that came with another's are answered behind them, as long as there is room in the block", () => {
		for (const [bytes, answers] of [
			[512, 2],
			[513, 1],
		]) {
			const bench = new ServerBench();
			const peer = bench.platform.connect();
			const page = `GET / HTTP/1.1\r\n${HOST}`;
			const first = `${page}\r\n`;
			const second = `${page}X: ${"x".repeat(bytes - first.length - page.length - 7)}\r\n\r\n`;
			equal(first.length + second.length, bytes);
			peer.send(ascii(first + second));
			bench.platform.settle();
			const text = textOf(peer.take());
			equal(text.split("HTTP/1.1 200 OK\r\n").length - 1, answers);
			equal(text.includes("Connection: close\r\n"), answers === 1, "the client is told to ask again");
			bench.platform.pass(400);
			equal(peer.closed, answers === 1);
		}
	});

	it("leave the connection open, and are told how long the page is", () => {
		const answer = new ServerBench().request(`GET / HTTP/1.1\r\n${HOST}X: ${"x".repeat(600)}\r\n\r\n`);
		ok(!answer.includes("Connection"), answer);
		ok(answer.includes(`Content-Length: ${bodyOf(answer).length}\r\n`), answer);
		ok(answer.includes("Content-Type: text/html; charset=utf-8\r\n"), answer);
	});

	it("that are no HTTP are told so in a sentence, and that it is the last", () => {
		const answer = new ServerBench().request("GET\r\n\r\n");
		equal(statusOf(answer), 400);
		ok(bodyOf(answer).includes("correct it"), answer);
		ok(answer.includes("Connection: close\r\n"), answer);
		ok(!new ServerBench().request(`GET /nothing HTTP/1.1\r\n${HOST}\r\n`).includes("Connection"));
	});

	it("by a method that is not taken are told which are", () => {
		for (const [path, methods] of [
			["/", "GET, HEAD"],
			["/ws", "GET"],
			["/state", "GET, HEAD, PUT"],
			["/patterns/a", "GET, HEAD"],
		]) {
			const fields = path === "/ws" ? WEBSOCKET : "";
			const answer = new ServerBench().request(`POST ${path} HTTP/1.1\r\n${HOST}${fields}\r\n`);
			equal(statusOf(answer), 405, path);
			ok(answer.includes(`Allow: ${methods}\r\n`), answer);
		}
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
		bench.platform.pass(10_000);
		const slow = bench.platform.connect();
		const silent = bench.platform.connect();
		slow.send(ascii("GET / HT"));
		bench.platform.pass(4999);
		equal(slow.take().length, 0);
		equal(silent.closed, false);
		bench.platform.pass(1);
		equal(statusOf(textOf(slow.take())), 408);
		equal(silent.take().length, 0);
		equal(silent.closed, true);
		bench.platform.pass(1000);
		equal(slow.closed, true);
	});
});
