import { HTTP_BLOCKS, MAX_CONNECTIONS } from "../../../modules/server/limits.js";
import { equal } from "../../support/assert.js";
import { deaf, withBig } from "../../support/big-download.js";
import { ascii } from "../../support/hex.js";
import { HOST, statusOf, textOf } from "../../support/server.js";

const GET = ascii(`GET / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);

describe("the reception", () => {
	it("lets those who could be served go first: who comes next might take their place", () => {
		const bench = withBig();
		const busy = deaf(bench, HTTP_BLOCKS, "10.0.0.7");
		const patient = Array.from({ length: MAX_CONNECTIONS - HTTP_BLOCKS }, () => bench.platform.connect("10.0.0.7"));
		for (const peer of patient) peer.send(GET);
		for (const peer of busy) peer.end();
		const more = bench.platform.connectAll(new Array<string>(HTTP_BLOCKS + 1).fill("10.0.0.7"));
		bench.platform.settle();
		for (const peer of more) {
			peer.give(5744);
			peer.send(GET);
		}
		bench.platform.settle();
		for (const peer of [...patient, ...more]) equal(statusOf(textOf(peer.take())), 200);
	});
});
