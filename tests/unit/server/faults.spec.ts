import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf } from "../../support/server.js";
import { pattern, smallFlash, upload } from "../../support/store.js";

describe("a fault in the firmware", () => {
	it("ends the connection that it came with, and no other", () => {
		const flash = smallFlash();
		const bench = new ServerBench({ flash });
		const first = bench.client();
		const second = bench.client();
		flash.read = () => {
			throw new TypeError("planted");
		};
		// By definition, not by assignment: on the K1 the class is in flash, and what it has cannot be assigned over.
		Object.defineProperty(bench.store, "writeList", {
			value: () => {
				throw new TypeError("planted");
			},
		});
		first.say("21 0000");
		equal(first.peer.closed, true);
		equal(second.peer.closed, false);
		equal(bench.counters.faults, 1);
		equal(bench.lines.length, 1);
		ok(second.say("30 0000").startsWith("824b30"));
	});

	it("ends the connection whose times are being looked at, and no other", () => {
		const bench = new ServerBench();
		const [first, second] = [bench.client(), bench.client()];
		first.say("10 0001 61");
		Object.defineProperty(bench.counters, "errors", {
			get: () => {
				throw new TypeError("planted");
			},
		});
		bench.platform.pass(5500);
		equal(first.peer.closed, true, "its upload was to be refused");
		equal(bench.counters.faults, 1);
		ok(second.say("21 0000").startsWith("8204"));
	});

	it("ends a download that is being checked, and the next is served", () => {
		const bench = new ServerBench();
		upload(bench.store.writer(), "a", pattern(10, 1));
		const open = bench.store.open.bind(bench.store);
		const request = `GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`;
		Object.defineProperty(bench.store, "open", {
			configurable: true,
			value: (...name: Parameters<typeof open>) => {
				const reader = open(...name);
				Object.defineProperty(reader, "verifyStep", {
					value: () => {
						throw new TypeError("planted");
					},
				});
				return reader;
			},
		});
		const peer = bench.platform.connect();
		peer.send(ascii(request));
		bench.platform.settle();
		equal(peer.closed, true);
		equal(bench.counters.faults, 1);
		Object.defineProperty(bench.store, "open", { value: () => undefined });
		const full = bench.request(request);
		equal(statusOf(full), 503, "no reader is free");
		ok(full.includes("Retry-After: 1\r\n"), full);
	});

	for (const broken of ["silent", "throws"] as const) {
		it(`is not what a connection is that breaks while it is written to (${broken})`, () => {
			const bench = new ServerBench();
			const client = bench.client();
			client.peer.broken = broken;
			client.say("21 0000");
			equal(client.peer.closed, true);
			equal(bench.counters.clients, 0);
			equal(bench.counters.faults, 0);
		});
	}

	it("is survived when no socket can be made", () => {
		const bench = new ServerBench();
		bench.platform.exhausted = true;
		equal(bench.platform.connect("10.0.0.1", 0).closed, true);
		equal(bench.counters.faults, 1);
		bench.platform.exhausted = false;
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
	});
});
