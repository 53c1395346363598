import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { ascii, hex, toHex } from "../../support/hex.js";
import { bodyOf, HOST, KEY, OK, ServerBench, textOf, WEBSOCKET } from "../../support/server.js";
import { pattern } from "../../support/store.js";

const CHUNK = 490;

/** An upload of eleven chunks, right behind the handshake. */
function handshakeAndUpload(file: Uint8Array): Uint8Array {
	const stream = new Uint8Array(7000);
	let end = 0;
	const add = (bytes: Uint8Array) => {
		stream.set(bytes, end);
		end += bytes.length;
	};
	add(ascii(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`));
	add(maskedFrame(0x82, hex("10 0001 61"), KEY));
	const chunk = new Uint8Array(3 + CHUNK);
	chunk.set([0x11, CHUNK >> 8, CHUNK & 0xff]);
	for (let at = 0; at < file.length; at += CHUNK) {
		chunk.set(file.subarray(at, at + CHUNK), 3);
		add(maskedFrame(0x82, chunk, KEY));
	}
	add(maskedFrame(0x82, hex("12 0000"), KEY));
	return stream.subarray(0, end);
}

describe("what comes with the handshake", () => {
	it("is read before what is behind it, however much both are", () => {
		const bench = new ServerBench();
		const file = pattern(11 * CHUNK, 1);
		const stream = handshakeAndUpload(file);
		const peer = bench.platform.connect();
		peer.send(stream);
		ok(peer.unread > 1000, "it does not fit the block");
		bench.platform.settle();
		ok(toHex(peer.take()).endsWith(OK));
		equal(bodyOf(bench.request(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.2", 100)) === textOf(file), true);
	});
});
