import { decodeLatin1 } from "../../../modules/bytes/bytes.js";
import { checkUpgrade, writeUpgrade } from "../../../modules/http/upgrade.js";
import { equal, ok } from "../../support/assert.js";
import { get, requestOf } from "../../support/read-request.js";

const UPGRADE = "Upgrade: websocket";
const CONNECTION = "Connection: Upgrade";
const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
const VERSION = "Sec-WebSocket-Version: 13";

const ROWS: [name: string, status: number, ...fields: string[]][] = [
	["a handshake", 101, UPGRADE, CONNECTION, KEY, VERSION],
	["tokens in lists and any case", 101, "Upgrade: h2c, WebSocket", "Connection: keep-alive,upgrade", KEY, VERSION],
	["tokens in several lines", 101, "Upgrade: h2c", UPGRADE, "Connection: keep-alive", CONNECTION, KEY, VERSION],
	["a plain request", 426],
	["another protocol", 426, "Upgrade: h2c", CONNECTION, KEY, VERSION],
	["part of the protocol's name", 426, "Upgrade: websocket2", CONNECTION, KEY, VERSION],
	["no Connection", 400, UPGRADE, KEY, VERSION],
	["another Connection", 400, UPGRADE, "Connection: keep-alive", KEY, VERSION],
	["no key", 400, UPGRADE, CONNECTION, VERSION],
	["an empty key", 400, UPGRADE, CONNECTION, "Sec-WebSocket-Key:", VERSION],
	["a key of 15 bytes", 400, UPGRADE, CONNECTION, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j", VERSION],
	["a key of 17 bytes", 400, UPGRADE, CONNECTION, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZWU=", VERSION],
	["a key that is not base64", 400, UPGRADE, CONNECTION, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q==", VERSION],
	["a key whose last bits are not 0", 400, UPGRADE, CONNECTION, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZR==", VERSION],
	["no version", 400, UPGRADE, CONNECTION, KEY],
	["version 8", 426, UPGRADE, CONNECTION, KEY, "Sec-WebSocket-Version: 8"],
	["a list of versions", 426, UPGRADE, CONNECTION, KEY, "Sec-WebSocket-Version: 13, 8"],
];

function answer(...fields: string[]): string {
	const block = new Uint8Array(256);
	const end = writeUpgrade(get("/ws", UPGRADE, CONNECTION, KEY, VERSION, ...fields), block, 3);
	return decodeLatin1(block, 3, end);
}

describe("a request for a WebSocket", () => {
	for (const [name, status, ...fields] of ROWS) {
		it(`with ${name}: ${status}`, () => equal(checkUpgrade(get("/ws", ...fields)), status));
	}

	it("with another method: 405", () => {
		equal(checkUpgrade(requestOf(`POST /ws HTTP/1.1\r\nHost: k1\r\n${UPGRADE}\r\n${CONNECTION}\r\n\r\n`)), 405);
	});

	it("in HTTP/1.0: 400", () => {
		const fields = [UPGRADE, CONNECTION, KEY, VERSION].join("\r\n");
		equal(checkUpgrade(requestOf(`GET /ws HTTP/1.0\r\nHost: k1\r\n${fields}\r\n\r\n`)), 400);
	});
});

describe("the answer to a handshake", () => {
	it("has the accept key of RFC 6455, 1.3", () => {
		ok(answer().includes("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
	});

	it("is a 101 with no subprotocol when none was offered", () => {
		equal(
			answer(),
			"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
				"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
		);
	});

	it("selects prism-k1.v1 when it was offered", () => {
		ok(answer("Sec-WebSocket-Protocol: chat, prism-k1.v1").endsWith("\r\nSec-WebSocket-Protocol: prism-k1.v1\r\n\r\n"));
		equal(answer("Sec-WebSocket-Protocol: prism-k1.v1").length, 166);
	});

	it("selects none when only others were offered", () => {
		for (const offer of ["chat", "PRISM-K1.V1", "prism-k1.v10", "xprism-k1.v1"]) {
			equal(answer(`Sec-WebSocket-Protocol: ${offer}`), answer());
		}
	});

	it("negotiates no extension", () => {
		equal(answer("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"), answer());
	});
});
