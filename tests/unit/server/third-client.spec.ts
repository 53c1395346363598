import { CLIENTS_FULL } from "../../../modules/core/errors.js";
import { equal } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { hex } from "../../support/hex.js";
import { close, error, KEY, OK, ServerBench } from "../../support/server.js";

describe("a third client", () => {
	it("is told when to come back, later every time, and closed with 1013", () => {
		const bench = new ServerBench();
		bench.client("10.0.0.1");
		const second = bench.client("10.0.0.2");
		for (const delay of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
			const third = bench.client("10.0.0.3");
			equal(third.heard(), error(CLIENTS_FULL, delay) + close(1013, CLIENTS_FULL.reason));
			bench.platform.pass(1000);
			equal(third.peer.closed, true);
		}
		equal(bench.counters.errors, 7);
		equal(bench.client("10.0.0.4").heard(), error(CLIENTS_FULL, 1000) + close(1013, CLIENTS_FULL.reason));
		second.peer.end();
		equal(bench.client("10.0.0.3").heard(), "");
		equal(bench.client("10.0.0.3").heard(), error(CLIENTS_FULL, 1000) + close(1013, CLIENTS_FULL.reason));
	});

	it("is gone as soon as its own close frame is here", () => {
		const bench = new ServerBench();
		bench.client();
		bench.client();
		const { peer } = bench.client();
		peer.send(maskedFrame(0x88, hex("03f5"), KEY));
		equal(peer.closed, true);
	});

	it("does not disturb the two", () => {
		const bench = new ServerBench();
		const first = bench.client();
		const second = bench.client();
		equal(first.say("10 0001 61"), OK);
		bench.client();
		equal(second.say("21 0000"), "820421000100");
		equal(first.say("11 0001 aa"), "");
		equal(first.say("12 0000"), OK);
		equal(bench.counters.clients, 2);
	});
});
