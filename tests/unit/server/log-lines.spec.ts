import { deepEqual, equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { hex } from "../../support/hex.js";
import { type Client, HOST, OK, ServerBench, textOf, WEBSOCKET } from "../../support/server.js";

/** The LINEs in what a client heard, as `level text`; all of it must be LINEs. */
function linesOf(heard: string): string[] {
	const bytes = hex(heard);
	const lines: string[] = [];
	for (let at = 0; at < bytes.length; ) {
		equal(bytes[at], 0x82);
		const wide = bytes[at + 1] === 126;
		const value = at + (wide ? 4 : 2);
		const end = value + (wide ? 256 * bytes[at + 2] + bytes[at + 3] : bytes[at + 1]);
		equal(bytes[value], 0x33);
		equal(bytes[value + 1] * 256 + bytes[value + 2], end - value - 3);
		lines.push(`${bytes[value + 3]} ${textOf(bytes.subarray(value + 8, end))}`);
		at = end;
	}
	return lines;
}

/** Asks for the log up to a level, with the answer that says that it was taken. */
function ask(client: Client, level: number): string[] {
	const heard = client.say(hex(`22 0002 21 0${level}`));
	ok(heard.startsWith(OK), heard.slice(0, 20));
	return linesOf(heard.slice(OK.length));
}

/** Lets time pass; returns the lines that came. */
function listen(bench: ServerBench, client: Client, milliseconds = 500): string[] {
	const lines: string[] = [];
	for (let passed = 0; passed < milliseconds; passed += 50) {
		bench.platform.pass(50);
		lines.push(...linesOf(client.heard()));
	}
	return lines;
}

describe("a client that asks for the log", () => {
	it("gets the lines that are there, and then those that come, until it wants no more", () => {
		const bench = new ServerBench({ logLevel: "info" });
		const client = bench.client("10.0.0.1");
		deepEqual(
			[...ask(client, 3), ...listen(bench, client)],
			["3 server: listening on port 80", "3 client from 10.0.0.1"],
		);
		const other = bench.client("10.0.0.2");
		deepEqual(listen(bench, client), ["3 client from 10.0.0.2"]);
		equal(other.heard(), "", "who has not asked hears nothing");
		deepEqual([...ask(client, 0), ...listen(bench, client)], []);
		other.say("10 0001 61");
		other.peer.end();
		deepEqual(listen(bench, client), []);
		deepEqual([...ask(client, 3), ...listen(bench, client)].at(-1), "3 client gone");
	});

	it("hears what is not printed where it wants that, and of what was asked for before nothing is left when it goes", () => {
		const bench = new ServerBench({ logLevel: "error" });
		const client = bench.client("10.0.0.1");
		ask(client, 9);
		const other = bench.client("10.0.0.2");
		other.say("7f 0000");
		deepEqual(listen(bench, client).slice(-1), ["4 10.0.0.2 was answered: unknown message type"]);
		bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.5");
		deepEqual(listen(bench, client), ["4 10.0.0.5: GET / -> 200"]);
		client.peer.end();
		other.say("7f 0000");
		const lines = [...ask(other, 4), ...listen(bench, other)];
		equal(lines.at(-1), "4 10.0.0.5: GET / -> 200", "nobody wanted what came after that");
		equal(bench.lines.length, 0);
	});

	it("hears of nothing that sending it lines has caused, nor does another one", () => {
		const bench = new ServerBench({ logLevel: "debug" });
		const one = bench.client("10.0.0.1");
		const two = bench.client("10.0.0.2");
		ask(one, 4);
		ask(two, 4);
		listen(bench, one);
		listen(bench, two);
		const written = bench.lines.length;
		deepEqual(listen(bench, one, 5000), []);
		deepEqual(listen(bench, two, 1000), []);
		equal(bench.lines.length, written);
	});

	it("gets its answers whole between lines", () => {
		const bench = new ServerBench({ logLevel: "debug" });
		const client = bench.client("10.0.0.1");
		ask(client, 4);
		listen(bench, client);
		for (let i = 0; i < 30; i++) {
			bench.request(`GET /${i} HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.5");
			const heard = client.say("21 0000");
			equal(heard.split("8204210001").length, 2, heard);
			linesOf(heard.split("820421000100").join(""));
			bench.platform.pass(10);
		}
	});

	it("and does not read loses lines, is told how many, and costs the others nothing", () => {
		const bench = new ServerBench({ logLevel: "debug" });
		const deaf = bench.client("10.0.0.1", 400);
		deaf.peer.send(maskedFrame(0x82, hex("22 0002 21 04"), hex("01020304")));
		const good = bench.client("10.0.0.2");
		ask(good, 4);
		let heard = 0;
		for (let i = 0; i < 150; i++) {
			bench.request(`GET /${i}/${"x".repeat(40)} HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.5");
			heard += listen(bench, good, 50).filter((line) => line.startsWith("4 10.0.0.5: ")).length;
			if (i === 60) {
				// It wakes up: what is still there comes, behind a mark.
				let late = deaf.heard();
				for (let turns = 0; turns < 10; turns++) late += deaf.heard();
				const lines = linesOf(late.replace(OK, ""));
				const marks = lines.filter((line) => /^0 \d+ lines were left out$/.test(line));
				ok(marks.length === 1, `${lines.length}: ${lines.join("\n")}`);
				ok(lines.at(-1)?.startsWith("4 10.0.0.5: GET /60/"), lines.at(-1));
			}
		}
		heard += listen(bench, good, 6000).filter((line) => line.startsWith("4 10.0.0.5: ")).length;
		equal(heard, 150);
		ok(deaf.peer.closed, "it is dropped like everyone who does not read");
		equal(bench.counters.clients, 1);
	});

	it("uploads meanwhile like any other", () => {
		const bench = new ServerBench({ logLevel: "info" });
		const client = bench.client();
		ask(client, 3);
		client.say("10 0001 7a");
		for (let i = 0; i < 5; i++) {
			bench.request(`GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n`, "10.0.0.5");
			linesOf(client.say("11 0002 aabb"));
			linesOf(client.heard());
			bench.platform.pass(300);
		}
		ok(client.say("12 0000").includes(OK));
		equal(bench.store.count, 1);
	});
});

describe("the log and what is secret", () => {
	it("does not tell a token, in whatever way it comes", () => {
		const bench = new ServerBench({ logLevel: "debug", token: "hush-hush" });
		for (const token of ["hush-hush", "hush-hush-wrong"]) {
			for (const target of [`/ws?token=${token}`, `http://prism-k1.local/ws?token=${token}`]) {
				bench.request(`GET ${target} HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`, "10.0.0.5");
			}
			bench.request(`GET /patterns/a HTTP/1.1\r\n${HOST}Authorization: Bearer ${token}\r\n\r\n`, "10.0.0.6");
			bench.request(`GET /patterns/a?token=${token} HTTP/1.0\r\n${HOST}\r\n`, "10.0.0.7");
			bench.request(`BREW /?token=${token} HTTP/9\r\n${HOST}\r\n`, "10.0.0.8");
		}
		ok(bench.lines.length >= 8, bench.lines.join("\n"));
		for (const line of bench.lines) ok(!line.includes("hush"), line);
	});

	it("does not tell what is in a body: the set-up page's Wi-Fi password, for example", () => {
		const bench = new ServerBench({ logLevel: "debug" });
		const body = "ssid=home&password=hush-hush";
		const form = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n`;
		bench.portal.open = true;
		bench.request(`POST /wifi HTTP/1.1\r\n${HOST}${form}\r\n${body}`, "10.0.0.5");
		ok(bench.lines.length > 0);
		for (const line of bench.lines) ok(!line.includes("hush"), line);
	});
});
