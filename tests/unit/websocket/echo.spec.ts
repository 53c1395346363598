import { deepEqual, equal } from "../../support/assert.js";
import { maskedFrame, wire } from "../../support/client-frames.js";
import { EchoEndpoint } from "../../support/echo-endpoint.js";
import { hex } from "../../support/hex.js";

const KEY = hex("a1b2c3d4");

describe("an echo made of an endpoint", () => {
	it("sends a message that fits the block back in one frame", () => {
		const echo = new EchoEndpoint(8);
		const payload = hex("0102030405060708");
		echo.receive(maskedFrame(0x82, payload, KEY), 3);
		deepEqual(Uint8Array.from(echo.output), hex("82 08 0102030405060708"));
	});

	it("sends a longer one back in fragments", () => {
		const echo = new EchoEndpoint(4);
		echo.receive(maskedFrame(0x81, hex("6162636465666768 69"), KEY), 5);
		deepEqual(Uint8Array.from(echo.output), hex("01 04 61626364 00 04 65666768 80 01 69"));
	});

	it("answers a ping between the fragments", () => {
		const echo = new EchoEndpoint(2);
		echo.receive(wire("02 83 m 010203 89 80 m 80 81 m 04"));
		deepEqual(Uint8Array.from(echo.output), hex("02 02 0102 8a 00 80 02 0304"));
	});

	it("sends frames of more than 125 bytes back", () => {
		const echo = new EchoEndpoint(256);
		echo.receive(maskedFrame(0x82, new Uint8Array(200).fill(7), KEY));
		deepEqual(Uint8Array.from(echo.output.slice(0, 4)), hex("82 7e 00c8"));
		equal(echo.output.length, 204);
	});

	it("closes with 1009 past its limit", () => {
		const echo = new EchoEndpoint(8, 16);
		echo.receive(maskedFrame(0x82, new Uint8Array(17), KEY));
		deepEqual(Uint8Array.from(echo.output), hex("88 02 03f1"));
	});
});
