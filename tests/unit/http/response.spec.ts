import { decodeLatin1 } from "../../../modules/bytes/bytes.js";
import { writeHead, writeRefusal } from "../../../modules/http/response.js";
import { phraseOf, sentenceOf } from "../../../modules/http/statuses.js";
import { equal, ok, throws } from "../../support/assert.js";

/** Phrases of RFC 9110, 15, and RFC 6585. */
const SUCCESSES: readonly (readonly [number, string])[] = [
	[100, "Continue"],
	[101, "Switching Protocols"],
	[200, "OK"],
	[206, "Partial Content"],
	[302, "Found"],
	[304, "Not Modified"],
	[409, "Conflict"],
];
/** What each says to do is in the third column. */
const REFUSALS: readonly (readonly [number, string, string])[] = [
	[400, "Bad Request", "correct it"],
	[401, "Unauthorized", "Send the access token"],
	[403, "Forbidden", "add the origin"],
	[404, "Not Found", "see / for"],
	[405, "Method Not Allowed", "the Allow field"],
	[408, "Request Timeout", "send it again"],
	[412, "Precondition Failed", "ask again without"],
	[413, "Content Too Large", "send a smaller one"],
	[414, "URI Too Long", "a shorter address"],
	[416, "Range Not Satisfiable", "tells its size"],
	[421, "Misdirected Request", "use its IP address"],
	[426, "Upgrade Required", "with a WebSocket client"],
	[429, "Too Many Requests", "wait as long as Retry-After"],
	[431, "Request Header Fields Too Large", "fewer and shorter fields"],
	[500, "Internal Server Error", "failed to answer"],
	[501, "Not Implemented", "use GET, and Content-Length"],
	[503, "Service Unavailable", "try again later"],
	[505, "HTTP Version Not Supported", "Use HTTP/1.1"],
];

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
	for (const [status, phrase, advice] of REFUSALS) {
		it(`${status} has a phrase and a sentence, and tells its length`, () => {
			const text = refusal(status, false, true);
			ok(text.startsWith(`HTTP/1.1 ${status} ${phrase}\r\n`), text);
			const body = text.slice(text.indexOf("\r\n\r\n") + 4);
			equal(body, `${sentenceOf(status)}\n`);
			ok(body.includes(advice), body);
			ok(text.includes(`\r\nContent-Length: ${body.length}\r\n`));
			equal(refusal(status, false, false), text.slice(0, -body.length));
		});
	}

	it("tells whether the connection ends", () => {
		ok(refusal(404, false, true).includes("\r\nConnection: close\r\n"));
		ok(!refusal(404, true, true).includes("Connection"));
	});

	it("401, and no other, asks for a bearer token", () => {
		ok(refusal(401, true, true).includes("\r\nWWW-Authenticate: Bearer\r\n"));
		ok(!refusal(403, true, true).includes("WWW-Authenticate"));
	});

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
	for (const [status, phrase] of SUCCESSES) {
		it(`${status} has a phrase and no sentence`, () => {
			equal(phraseOf(status), phrase);
			equal(sentenceOf(status), "");
		});
	}
});
