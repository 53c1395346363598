import { deepEqual, equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf, WEBSOCKET } from "../../support/server.js";

describe("the log", () => {
	it("tells an owner who was refused, and why", () => {
		const bench = new ServerBench({ logLevel: "info", token: "secret" });
		bench.lines.length = 0;
		bench.request("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "10.0.0.2");
		bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: http://evil.example\r\n\r\n`, "10.0.0.3");
		bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`, "10.0.0.4");
		bench.request(`GET /nothing HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.5");
		deepEqual(bench.lines, [
			"info  10.0.0.2 refused with 421: asked for the host evil.example",
			"info  10.0.0.3 refused with 403: a web page of http://evil.example",
			"info  10.0.0.4 refused with 401: no token, or a wrong one",
		]);
	});

	it("shows no more than a little of what a peer says, and leaves lines out when there are too many", () => {
		const bench = new ServerBench({ logLevel: "info" });
		bench.lines.length = 0;
		for (let i = 0; i < 30; i++) {
			const peer = bench.platform.connect();
			peer.send(ascii(`GET / HTTP/1.1\r\nHost: ${"x".repeat(250)}\r\n\r\n`));
			peer.end();
		}
		equal(bench.lines.length, 20);
		for (const line of bench.lines) ok(line.length < 140, line);
	});

	it("does not show the whole of a long Origin", () => {
		const bench = new ServerBench({ logLevel: "info" });
		bench.lines.length = 0;
		const origin = `http://${"x".repeat(200)}`;
		bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: ${origin}\r\n\r\n`, "10.0.0.3");
		deepEqual(bench.lines, [`info  10.0.0.3 refused with 403: a web page of ${origin.slice(0, 64)}`]);
	});

	it("says nothing of what is answered as it should be", () => {
		const bench = new ServerBench({ logLevel: "info" });
		bench.lines.length = 0;
		bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`);
		equal(bench.lines.length, 0);
	});

	it("tells of every request at debug", () => {
		const bench = new ServerBench({ logLevel: "debug" });
		bench.lines.length = 0;
		bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.5");
		bench.request(`GET /nothing HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.6");
		deepEqual(bench.lines, ["debug 10.0.0.5: GET / -> 200", "debug 10.0.0.6: GET /nothing -> 404"]);
	});

	it("tells of uploads and deletes, and of errors at debug", () => {
		const bench = new ServerBench({ logLevel: "debug" });
		const client = bench.client("10.0.0.9");
		bench.lines.length = 0;
		client.say("10 0002 6162");
		client.say("11 0002 aabb");
		client.say("12 0000");
		client.say("20 0002 6162");
		client.say("7f 0000");
		deepEqual(bench.lines, [
			'info  10.0.0.9 sent "ab", 2 bytes',
			'info  10.0.0.9 deleted "ab"',
			"debug 10.0.0.9 was answered: unknown message type",
		]);
	});
});

describe("guessing the token", () => {
	const attempt = (bench: ServerBench, token: string, address = "10.0.0.66") =>
		bench.request(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Authorization: Bearer ${token}\r\n\r\n`, address);

	it("is slowed down by address after five wrong ones, and counted in the log", () => {
		const bench = new ServerBench({ token: "secret", logLevel: "info" });
		for (let i = 0; i < 5; i++) equal(statusOf(attempt(bench, `guess${i}`)), 401);
		ok(bench.lines.includes("info  10.0.0.66 sent a wrong token, 5 in a row"), bench.lines.join());
		const answer = attempt(bench, "secret");
		equal(statusOf(answer), 429, "not even the right one is looked at");
		ok(answer.includes("\r\nRetry-After: 1\r\n"), answer);
		equal(bench.lines.at(-1), "info  10.0.0.66 refused with 429: too many wrong tokens");
		equal(statusOf(attempt(bench, "secret", "10.0.0.7")), 101, "others are not slowed down");
		bench.platform.pass(1000);
		equal(statusOf(attempt(bench, "again")), 401);
		bench.platform.pass(1000);
		equal(statusOf(attempt(bench, "secret")), 429, "it takes longer every time");
		bench.platform.pass(1000);
		equal(statusOf(attempt(bench, "secret")), 101);
		equal(statusOf(attempt(bench, "wrong")), 401, "a right one starts anew");
		equal(statusOf(attempt(bench, "wrong")), 401);
	});

	it("is not what a peer without a token does", () => {
		const bench = new ServerBench({ token: "secret" });
		for (let i = 0; i < 9; i++) equal(statusOf(bench.request(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`)), 401);
		equal(statusOf(attempt(bench, "secret", "10.0.0.1")), 101);
	});
});
