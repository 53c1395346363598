import fc from "fast-check";
import { isHostAllowed, isOriginAllowed } from "../../modules/http/access.js";
import { rangeOf } from "../../modules/http/conditional.js";
import { COMPLETE, MORE, PAUSED, REFUSED, RequestReader } from "../../modules/http/request-reader.js";
import { phraseOf, sentenceOf } from "../../modules/http/statuses.js";
import { checkUpgrade, writeUpgrade } from "../../modules/http/upgrade.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { fuzz } from "../support/fuzz-settings.js";
import { latin1 } from "../support/latin1.js";

const TOKEN = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const VALUE = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,30}$/);
const PATH = fc.oneof(
	fc.constantFrom("/", "/ws", "/patterns/My%20Fire", "/a/../b", "/%2e%2e/", "/?token=a%20b&c", "*", "http://k1:80/x?y"),
	fc.stringMatching(/^\/[\x21-\x7e]{0,20}$/),
);
const FIELD = fc.oneof(
	fc.constantFrom(
		"Host: k1",
		"Host: 192.168.4.1:80",
		"Origin: http://k1",
		"Connection: keep-alive, Upgrade",
		"Connection: close",
		"Upgrade: websocket",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
		"Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Protocol: prism-k1.v1",
		"Content-Length: 3",
		"Content-Length: 0",
		"Transfer-Encoding: chunked",
		"Range: bytes=1-2",
	),
	fc.tuple(TOKEN, VALUE).map(([name, value]) => `${name}:${value}`),
);
const METHOD = fc.oneof(fc.constantFrom("GET", "POST", "HEAD", "OPTIONS"), TOKEN);

/** Mostly valid requests one after the other, some with a byte changed. */
const STREAM = fc
	.tuple(
		fc.array(
			fc.tuple(
				METHOD,
				PATH,
				fc.constantFrom("1", "1", "1", "0"),
				fc.array(FIELD, { maxLength: 6 }),
				fc.constantFrom("", "a=b"),
			),
			{ minLength: 1, maxLength: 3 },
		),
		fc.option(fc.tuple(fc.nat(), fc.nat(255)), { freq: 2 }),
	)
	.map(([requests, change]) => {
		const text = requests
			.map(([method, path, minor, fields, body]) =>
				[`${method} ${path} HTTP/1.${minor}`, "Host: k1", ...fields, "", body].join("\r\n"),
			)
			.join("");
		const bytes = latin1(text);
		if (change !== null) bytes[change[0] % bytes.length] = change[1];
		return bytes;
	});

/** RFC 9112, 3 and 5: a request line and fields, each with its CRLF, and the empty line. */
const HEAD =
	/^[!#$%&'*+.^_`|~0-9A-Za-z-]+ [\x21-\x7e]+ HTTP\/1\.[0-9]\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n$/;

const SPLIT = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });

/** What a reader makes of a stream that comes in reads of these sizes: a line a request, and how it ends. */
function read(stream: Uint8Array, split: readonly number[], size = 400): string[] {
	const found: string[] = [];
	const reader = new RequestReader(true);
	reader.open(new Uint8Array(size));
	let result = MORE;
	for (let at = 0, i = 0; at < stream.length; i++) {
		let left = Math.min(split[i % split.length], stream.length - at);
		while (left > 0 && reader.wanted > 0) {
			const view = reader.next(left);
			ok(view.length > 0 && view.length <= left);
			view.set(stream.subarray(at, at + view.length));
			at += view.length;
			left -= view.length;
			result = reader.received(view.length);
			while (result === PAUSED) result = reader.resume();
			while (result === COMPLETE) {
				ok(reader.bodyEnd - reader.bodyStart === reader.request.bodyLength);
				found.push(JSON.stringify(reader.request));
				result = reader.again();
				while (result === PAUSED) result = reader.resume();
			}
		}
		if (result === REFUSED) {
			equal(reader.wanted, 0);
			ok(phraseOf(reader.status) !== "" && sentenceOf(reader.status) !== "");
			found.push(`${reader.status}`);
			break;
		}
	}
	if (result === MORE) found.push("more");
	return found;
}

describe("HTTP, any stream", () => {
	it("split anywhere gives the same requests and the same refusal", () => {
		fuzz(
			"http-split",
			fc.property(STREAM, SPLIT, (stream, split) => {
				// How far a reader sees ahead depends on the reads; so the reference is what it makes of single bytes.
				deepEqual(read(stream, split), read(stream, [1]));
			}),
		);
	});

	it("never makes it throw", () => {
		fuzz(
			"http-noise",
			fc.property(fc.uint8Array({ maxLength: 300 }), SPLIT, (stream, split) => read(stream, split).length > 0),
		);
		const opening = latin1("GET / HTTP/1.1\r\nHost: k1\r\n");
		fuzz(
			"http-noise-in-fields",
			fc.property(fc.uint8Array({ maxLength: 100 }), SPLIT, (rest, split) => {
				const stream = new Uint8Array(Buffer.concat([opening, rest, latin1("\r\n\r\n")]));
				return read(stream, split, 200).length > 0;
			}),
		);
	});

	it("takes a head only that RFC 9112 calls one, and that nobody could read otherwise", () => {
		const line = fc.oneof(
			FIELD,
			fc.constantFrom(
				"Host : k1",
				" Host: k1",
				"\tfolded",
				"Host: other",
				"Content-Length: 3, 3",
				"Content-Length: +3",
				"Content-Length: 0x3",
				"Content-Length:",
				"Transfer-Encoding: xchunked",
				"Transfer-Encoding : chunked",
				"Transfer-Encoding:\u000bchunked",
				"Content-Length: 3\nX: y",
				"X: y\rZ: z",
				"X: \u0000",
				": nameless",
				"",
			),
		);
		const start = fc.oneof(
			fc.tuple(METHOD, PATH).map(([method, path]) => `${method} ${path} HTTP/1.1`),
			fc.constantFrom(
				"GET  / HTTP/1.1",
				"GET /\tHTTP/1.1",
				"GET / HTTP/1.1 ",
				" GET / HTTP/1.1",
				"GET / http/1.1",
				"GET / HTTP/1.10",
			),
		);
		fuzz(
			"http-grammar",
			fc.property(start, fc.array(line, { maxLength: 5 }), fc.constantFrom("\r\n", "\n"), (first, lines, end) => {
				const text = [first, "Host: k1", ...lines, "", ""].join(end);
				const reader = new RequestReader(true);
				reader.open(new Uint8Array(600));
				const bytes = latin1(`${text}abc`);
				reader.next(bytes.length).set(bytes.subarray(0, reader.wanted));
				if (reader.received(Math.min(bytes.length, 600)) !== COMPLETE) return;
				// Only so far as the head goes: an empty line among the fields ends it.
				const head = text.slice(0, text.indexOf("\r\n\r\n") + 4);
				ok(HEAD.test(head), JSON.stringify(head));
				const named = (name: string) => head.toLowerCase().split(`\r\n${name}:`).length - 1;
				equal(named("host"), 1);
				equal(named("transfer-encoding"), 0);
				ok(named("content-length") <= 1);
				const length = /\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n/i.exec(head);
				equal(reader.bodyEnd - reader.bodyStart, length === null ? 0 : Number(length[1]));
			}),
		);
	});

	it("takes no path that goes up or holds a control character", () => {
		fuzz(
			"http-paths",
			fc.property(
				fc.array(fc.constantFrom("/", ".", "..", "%2e", "%2F", "%5c", "\\", "a", "%00", "%0a", "?", "%c3%bc")),
				(parts) => {
					const reader = new RequestReader();
					reader.open(new Uint8Array(400));
					const bytes = latin1(`GET /${parts.join("")} HTTP/1.0\r\n\r\n`);
					reader.next(bytes.length).set(bytes);
					if (reader.received(bytes.length) !== COMPLETE) return;
					const { path } = reader.request;
					ok(path.startsWith("/"));
					for (const segment of path.split("/")) ok(segment !== "." && segment !== ".." && !segment.includes("\\"));
					for (const character of path) ok(character > "\u001f");
				},
			),
		);
	});

	it("what is no IP address and on no list gets in under no disguise", () => {
		const rules = { hostNames: ["prism-k1.local"], origins: [], token: "" };
		const odd = fc.constantFrom(
			"prism-k1.local",
			"localhost",
			"evil.example",
			"127.0.0.1",
			"[::1]",
			".",
			":",
			"@",
			"80",
			"/",
			" ",
			"%00",
		);
		fuzz(
			"http-hosts",
			fc.property(fc.array(odd, { maxLength: 5 }), (parts) => {
				const host = parts.join("");
				if (host.includes("evil")) equal(isHostAllowed(host, rules), false, host);
				if (isOriginAllowed(`http://${host}`, "prism-k1.local", rules)) {
					ok(host === "prism-k1.local" || host === "prism-k1.local:80", host);
				}
			}),
		);
	});

	it("an answer to a handshake is never longer than the handshake", () => {
		const shortest = [
			"Connection:Upgrade",
			"Upgrade:websocket",
			"Sec-WebSocket-Key:dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Version:13",
			"Sec-WebSocket-Protocol:prism-k1.v1",
		];
		let answered = 0;
		fuzz(
			"http-handshake",
			fc.property(
				fc.shuffledSubarray(shortest, { minLength: 4 }),
				fc.constantFrom("Host:", "Host:k1"),
				(fields, host) => {
					const bytes = latin1(["GET / HTTP/1.1", host, ...fields, "", ""].join("\r\n"));
					const reader = new RequestReader();
					reader.open(new Uint8Array(1024));
					reader.next(bytes.length).set(bytes);
					equal(reader.received(bytes.length), COMPLETE);
					if (checkUpgrade(reader.request) !== 101) return;
					answered++;
					ok(writeUpgrade(reader.request, new Uint8Array(256), 0) <= bytes.length);
				},
			),
			1 / 8,
		);
		ok(answered > 0);
	});

	it("a range lies in the content, or is not satisfiable", () => {
		const part = fc.oneof(fc.nat(300).map(String), fc.constantFrom("", "-", ",", "x"));
		fuzz(
			"http-ranges",
			fc.property(fc.array(part, { maxLength: 4 }), fc.integer({ min: 1, max: 200 }), (parts, size) => {
				const range = rangeOf(`bytes=${parts.join("-")}`, undefined, '"a"', size);
				if (range === undefined || range.start >= size) return;
				ok(range.start >= 0 && range.start < range.end && range.end <= size);
			}),
		);
	});
});
