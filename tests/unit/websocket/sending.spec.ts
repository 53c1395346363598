import { Endpoint } from "../../../modules/websocket/endpoint.js";
import { BINARY, CONTINUATION, PING, TEXT } from "../../../modules/websocket/opcodes.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";
import { latin1 } from "../../support/latin1.js";
import { written } from "../../support/written.js";

describe("sending", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(8), 64));

	it("puts the header before the payload and copies nothing", () => {
		const buffer = latin1("0123456789");
		equal(endpoint.send(BINARY, true, buffer, 4, 7), true);
		deepEqual(buffer, hex("3031 8203 343536 373839"));
		deepEqual(written(endpoint.output), hex("8203 343536"));
	});

	it("sends a message in fragments", () => {
		const buffer = latin1("..abc");
		endpoint.send(TEXT, false, buffer, 2, 5);
		deepEqual(written(endpoint.output), hex("0103 616263"));
		endpoint.send(CONTINUATION, true, buffer, 2, 2);
		deepEqual(written(endpoint.output), hex("8000"));
	});

	it("takes no second frame while one is pending", () => {
		equal(endpoint.send(BINARY, true, latin1("..abc"), 2, 5), true);
		equal(endpoint.send(BINARY, true, latin1("..def"), 2, 5), false);
		deepEqual(written(endpoint.output), hex("8203 616263"));
	});

	it("puts short frames behind what is pending, in order", () => {
		endpoint.send(BINARY, true, latin1("..abc"), 2, 5);
		equal(endpoint.sendSmall(BINARY, latin1("xdefx"), 1, 4), true);
		equal(endpoint.ping(), true);
		endpoint.close(1000);
		for (const room of [1, 4]) {
			const again = new Endpoint();
			again.open(new Uint8Array(8), 64);
			again.send(BINARY, true, latin1("..abc"), 2, 5);
			again.sendSmall(BINARY, latin1("xdefx"), 1, 4);
			again.ping();
			again.close(1000);
			deepEqual(written(again.output, room), hex("8203 616263 8203 646566 8900 8802 03e8"));
		}
		deepEqual(written(endpoint.output), hex("8203 616263 8203 646566 8900 8802 03e8"));
	});

	it("takes more short frames between two writes", () => {
		endpoint.sendSmall(BINARY, latin1("abc"), 0, 3);
		const start: number[] = [];
		endpoint.output.write({ write: (view) => start.push(...view) * 0 }, 2);
		endpoint.sendSmall(BINARY, latin1("def"), 0, 3);
		deepEqual(Uint8Array.from(start), hex("8203"));
		deepEqual(written(endpoint.output), hex("616263 8203 646566"));
	});

	it("keeps room for an ERROR frame, a pong and the close frame", () => {
		equal(endpoint.sendSmall(BINARY, new Uint8Array(104), 0, 104), true);
		equal(endpoint.sendSmall(PING, new Uint8Array(125), 0, 125), true);
		equal(endpoint.ping(), false);
		endpoint.close(1008, "x".repeat(123));
		equal(written(endpoint.output).length, 106 + 127 + 127);
	});

	it("has no room for a byte more than that", () => {
		equal(endpoint.sendSmall(BINARY, new Uint8Array(105), 0, 105), true);
		equal(endpoint.sendSmall(PING, new Uint8Array(125), 0, 125), false);
		equal(endpoint.sendSmall(PING, new Uint8Array(124), 0, 124), true);
	});

	it("has no short frame of 126 bytes", () => {
		equal(endpoint.sendSmall(BINARY, new Uint8Array(126), 0, 126), false);
		equal(endpoint.output.pending, false);
	});

	it("ends with the close frame", () => {
		endpoint.close(1013, "later");
		deepEqual(written(endpoint.output), hex("8807 03f5 6c61746572"));
		endpoint.close(1000);
		equal(endpoint.send(BINARY, true, new Uint8Array(4), 2, 4), false);
		equal(endpoint.sendSmall(BINARY, new Uint8Array(4), 2, 4), false);
		equal(endpoint.ping(), false);
		equal(endpoint.output.pending, false);
	});

	it("writes a close reason as UTF-8", () => {
		endpoint.close(1000, "tschüss");
		deepEqual(written(endpoint.output), hex("880a 03e8 74736368c3bc7373"));
	});

	it("writes a close frame without a code for 1005", () => {
		endpoint.close(1005);
		deepEqual(written(endpoint.output), hex("8800"));
	});

	it("refuses a close reason over 123 bytes, and can still close", () => {
		throws(
			() => endpoint.close(1000, "ü".repeat(62)),
			(error) => error instanceof RangeError,
		);
		throws(
			() => endpoint.close(1000, "x".repeat(500)),
			(error) => error instanceof RangeError,
		);
		equal(endpoint.output.pending, false);
		endpoint.close(1000, "ü".repeat(61));
		equal(written(endpoint.output).length, 126);
	});
});
