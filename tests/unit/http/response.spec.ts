import { decodeLatin1 } from "../../../modules/bytes/bytes.js";
import { writeHead, writeRefusal } from "../../../modules/http/response.js";
import { phraseOf, sentenceOf } from "../../../modules/http/statuses.js";
import { equal, ok, throws } from "../../support/assert.js";

const SUCCESSES = [100, 101, 200, 206, 304];
const REFUSALS = [400, 401, 403, 404, 405, 408, 412, 413, 414, 416, 421, 426, 429, 431, 500, 501, 503, 505];

function refusal(status: number, keepAlive: boolean, withBody: boolean, ...fields: string[]): string {
	const block = new Uint8Array(512);
	return decodeLatin1(block, 0, writeRefusal(block, 0, status, keepAlive, withBody, fields));
}

describe("a response head", () => {
	it("is the status line, the fields and an empty line", () => {
		const block = new Uint8Array(64);
		equal(writeHead(block, 5, 200, ["A: b", "C: d"]), 36);
		equal(decodeLatin1(block, 5, 36), "HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\n\r\n");
	});

	it("refuses to be longer than the block", () => {
		throws(
			() => writeHead(new Uint8Array(30), 0, 200, ["A: b", "C: d"]),
			(error) => error instanceof RangeError,
		);
	});

	it("refuses a field with a line break", () => {
		throws(() => writeHead(new Uint8Array(64), 0, 200, ["A: b\r\nC: d"]));
		throws(() => writeHead(new Uint8Array(64), 0, 200, ["A: b\nC: d"]));
	});

	it("refuses a status that is not on the list", () => throws(() => writeHead(new Uint8Array(64), 0, 299, [])));
});

describe("a refusal", () => {
	for (const status of REFUSALS) {
		it(`${status} has a phrase and a sentence, and tells its length`, () => {
			const text = refusal(status, false, true);
			ok(text.startsWith(`HTTP/1.1 ${status} ${phraseOf(status)}\r\n`));
			const body = text.slice(text.indexOf("\r\n\r\n") + 4);
			equal(body, `${sentenceOf(status)}\n`);
			ok(body.length > 10);
			ok(text.includes(`\r\nContent-Length: ${body.length}\r\n`));
			equal(refusal(status, false, false), text.slice(0, -body.length));
		});
	}

	it("tells whether the connection ends", () => {
		ok(refusal(404, false, true).includes("\r\nConnection: close\r\n"));
		ok(!refusal(404, true, true).includes("Connection"));
	});

	it("401 asks for a bearer token", () => ok(refusal(401, true, true).includes("\r\nWWW-Authenticate: Bearer\r\n")));

	it("426 tells what to upgrade to", () => {
		ok(
			refusal(426, true, true).includes(
				"\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade\r\n",
			),
		);
		ok(refusal(426, false, true).includes("\r\nConnection: Upgrade, close\r\n"));
	});

	it("has the fields that it is given", () =>
		ok(refusal(405, true, true, "Allow: GET").includes("\r\nAllow: GET\r\n")));
});

describe("statuses that refuse nothing", () => {
	for (const status of SUCCESSES) {
		it(`${status} has a phrase and no sentence`, () => {
			ok(phraseOf(status) !== "");
			equal(sentenceOf(status), "");
		});
	}
});
