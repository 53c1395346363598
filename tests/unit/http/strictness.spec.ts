import { RequestReader } from "../../../modules/http/request-reader.js";
import { equal } from "../../support/assert.js";
import { latin1 } from "../../support/latin1.js";
import { feed, outcome } from "../../support/read-request.js";

/** A request and what becomes of it: 1 complete, 0 not complete yet, otherwise the status. */
type Row = [name: string, request: string, outcome: number];

const HOST = "Host: k1\r\n";

const ROWS: Row[] = [
	["a request", `GET / HTTP/1.1\r\n${HOST}\r\n`, 1],
	["a request that goes on", `GET / HTTP/1.1\r\n${HOST}`, 0],
	["HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 1],
	["a later minor version", `GET / HTTP/1.2\r\n${HOST}\r\n`, 1],
	["a value without blanks around it", "GET / HTTP/1.1\r\nHost:k1\r\n\r\n", 1],
	["a value with blanks around it", "GET / HTTP/1.1\r\nHost: \t k1\t \r\n\r\n", 1],
	["an empty value", `GET / HTTP/1.1\r\n${HOST}Accept:\r\n\r\n`, 1],
	["a value with bytes over 7F", `GET / HTTP/1.1\r\n${HOST}X: \u00e4\u00ff\r\n\r\n`, 1],
	["a name of any case", "GET / HTTP/1.1\r\nhOST: k1\r\n\r\n", 1],
	["every mark of a token", `!#$%&'*+-.^_\`|~9z / HTTP/1.1\r\n${HOST}!#$%&'*+-.^_\`|~9z: 1\r\n\r\n`, 1],
	["OPTIONS *", `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 1],
	["Content-Length: 0", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`, 1],

	["a TLS handshake, by its first byte", "\u0016", 400],
	["a blank first", " ", 400],
	["an empty line first", `\r\nGET / HTTP/1.1\r\n${HOST}\r\n`, 1],
	["two empty lines first", `\r\n\r\nGET / HTTP/1.1\r\n${HOST}\r\n`, 1],
	["nothing but empty lines", "\r\n".repeat(70), 431],
	["a bare CR first", "\rGET / HTTP/1.1\r\n", 400],
	["a bare LF first", "\nGET / HTTP/1.1\r\n", 400],
	["an empty line and a blank first", "\r\n ", 400],
	["no-break spaces around a value", `GET / HTTP/1.1\r\nHost:\u00a0k1\r\n\r\n`, 400],
	["a no-break space behind a blank", `GET / HTTP/1.1\r\n${HOST}Connection: \u00a0close\r\n\r\n`, 400],
	["an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 1],
	["a Host with a port", "GET / HTTP/1.1\r\nHost: k1:8080\r\n\r\n", 1],
	["a Host of marks", "GET / HTTP/1.1\r\nHost: a-._~!$&'()*+,;=%20\r\n\r\n", 1],
	["a Host in brackets", "GET / HTTP/1.1\r\nHost: [fe80::1]:80\r\n\r\n", 1],
	["a Host with a blank", "GET / HTTP/1.1\r\nHost: k1 k2\r\n\r\n", 400],
	["a Host with a user", "GET / HTTP/1.1\r\nHost: me@k1\r\n\r\n", 400],
	["a Host with a path", "GET / HTTP/1.1\r\nHost: k1/\r\n\r\n", 400],
	["a Host with a port that is none", "GET / HTTP/1.1\r\nHost: k1:http\r\n\r\n", 400],
	["a Host with two ports", "GET / HTTP/1.1\r\nHost: k1:80:80\r\n\r\n", 400],
	["a Host that is no IPv6 address", "GET / HTTP/1.1\r\nHost: [k1]\r\n\r\n", 400],
	["a Host with a bracket too many", "GET / HTTP/1.1\r\nHost: k1]\r\n\r\n", 400],
	["a Host that is not ASCII", "GET / HTTP/1.1\r\nHost: k\u00e4\r\n\r\n", 400],
	["a malformed Host beside an absolute target", "GET http://k1/ HTTP/1.1\r\nHost: k1 k2\r\n\r\n", 400],
	["an absolute target with a port that is none", `GET http://k1:http/ HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an absolute target with a user", `GET http://me@k1/ HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a length of many digits", `POST / HTTP/1.1\r\n${HOST}Content-Length: ${"0".repeat(200)}\r\n\r\n`, 1],
	["a bare LF", `GET / HTTP/1.1\n`, 400],
	["a bare LF after a field", "GET / HTTP/1.1\r\nHost: k1\n", 400],
	["a bare LF as the empty line", `GET / HTTP/1.1\r\n${HOST}\n`, 400],
	["a bare CR in a value", `GET / HTTP/1.1\r\n${HOST}X: a\rb\r\n\r\n`, 400],
	["a CR too many", `GET / HTTP/1.1\r\n${HOST}X: a\r\r\n\r\n`, 400],
	["a NUL in a value", `GET / HTTP/1.1\r\n${HOST}X: a\u0000b\r\n\r\n`, 400],
	["an escape character in a value", `GET / HTTP/1.1\r\n${HOST}X: \u001b\r\n\r\n`, 400],
	["a DEL in a value", `GET / HTTP/1.1\r\n${HOST}X: \u007f\r\n\r\n`, 400],
	["a value that goes on in the next line", `GET / HTTP/1.1\r\n${HOST}X: a\r\n b\r\n\r\n`, 400],
	["a first field that starts with a blank", `GET / HTTP/1.1\r\n X: a\r\n${HOST}\r\n`, 400],
	["a blank before the colon", "GET / HTTP/1.1\r\nHost : k1\r\n\r\n", 400],
	["a tab before the colon", `GET / HTTP/1.1\r\n${HOST}X\t: k1\r\n\r\n`, 400],
	["a field without a colon", `GET / HTTP/1.1\r\n${HOST}X\r\n\r\n`, 400],
	["a field without a name", `GET / HTTP/1.1\r\n${HOST}: x\r\n\r\n`, 400],
	["a name with a blank", `GET / HTTP/1.1\r\n${HOST}X Y: x\r\n\r\n`, 400],
	["a name with a bracket", `GET / HTTP/1.1\r\n${HOST}X(Y: x\r\n\r\n`, 400],
	["a name that is not ASCII", `GET / HTTP/1.1\r\n${HOST}X\u00e4: x\r\n\r\n`, 400],
	["no Host", "GET / HTTP/1.1\r\n\r\n", 400],
	["two Hosts", `GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`, 400],
	["two Origins", `GET / HTTP/1.1\r\n${HOST}Origin: http://a\r\nOrigin: http://a\r\n\r\n`, 400],
	["two keys", `GET / HTTP/1.1\r\n${HOST}Sec-WebSocket-Key: a\r\nSec-WebSocket-Key: a\r\n\r\n`, 400],
	["two lengths", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`, 400],
	["a list of lengths", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0, 0\r\n\r\n`, 400],
	["a length with a sign", `POST / HTTP/1.1\r\n${HOST}Content-Length: +0\r\n\r\n`, 400],
	["an empty length", `POST / HTTP/1.1\r\n${HOST}Content-Length:\r\n\r\n`, 400],
	["a hexadecimal length", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0x0\r\n\r\n`, 400],
	["a body", `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\n\r\n`, 400],
	["a transfer coding", `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`, 501],
	["a coding and a length", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
	["a coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400],

	["a line of one word", "GET\r\n\r\n", 400],
	["HTTP/0.9", "GET /\r\n\r\n", 400],
	["two blanks before the target", `GET  / HTTP/1.1\r\n${HOST}\r\n`, 400],
	["two blanks after the target", `GET /  HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a tab instead of a blank", `GET\t/ HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a blank at the end", `GET / HTTP/1.1 \r\n${HOST}\r\n`, 400],
	["a method with a bracket", `G(T / HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a version in lower case", `GET / http/1.1\r\n${HOST}\r\n`, 400],
	["a version of one number", `GET / HTTP/1\r\n${HOST}\r\n`, 400],
	["a version of three digits", `GET / HTTP/1.10\r\n${HOST}\r\n`, 400],
	["a version with another mark", `GET / HTTP/1-1\r\n${HOST}\r\n`, 400],
	["an escape character in a target", `GET /?\u001b HTTP/1.1\r\n${HOST}\r\n`, 400],
	["no method", ` / HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an authority of 256 characters", `GET http://${"x".repeat(256)} HTTP/1.1\r\n${HOST}\r\n`, 1],
	["a version with a letter", `GET / HTTP/1.x\r\n${HOST}\r\n`, 400],
	["HTTP/2's opening", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
	["HTTP/3.0", `GET / HTTP/3.0\r\n${HOST}\r\n`, 505],

	["CONNECT", `CONNECT k1:80 HTTP/1.1\r\n${HOST}\r\n`, 400],
	["GET *", `GET * HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a target without a slash", `GET patterns HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a target of another scheme", `GET ftp://k1/ HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a target with a fragment", `GET /#a HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a target that is not ASCII", `GET /\u00e4 HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a cut escape", `GET /%4 HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escape that is not hexadecimal", `GET /%zz HTTP/1.1\r\n${HOST}\r\n`, 400],
	["escapes that are not UTF-8", `GET /%ff HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escaped NUL", `GET /a%00b HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escaped line break", `GET /a%0d%0Ab HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escaped DEL", `GET /%7F HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escaped slash", `GET /a%2Fb HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a backslash", `GET /a\\b HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escaped backslash", `GET /a%5cb HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a segment ..", `GET /a/../b HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a last segment ..", `GET /a/.. HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a first segment ..", `GET /.. HTTP/1.1\r\n${HOST}\r\n`, 400],
	["an escaped segment ..", `GET /a/%2e%2E/b HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a segment .", `GET /./b HTTP/1.1\r\n${HOST}\r\n`, 400],
	["dots inside a name", `GET /a..b/.c./... HTTP/1.1\r\n${HOST}\r\n`, 1],
	["a query with dots and slashes", `GET /?/../ HTTP/1.1\r\n${HOST}\r\n`, 1],
	["a query with an escaped NUL", `GET /?a=%00 HTTP/1.1\r\n${HOST}\r\n`, 1],

	["a head as long as the block", `GET / HTTP/1.1\r\n${HOST}X: ${"x".repeat(512 - 16 - 10 - 7)}\r\n\r\n`, 1],
	["a head longer than the block", `GET / HTTP/1.1\r\n${HOST}X: ${"x".repeat(512 - 16 - 10 - 6)}\r\n\r\n`, 431],
	["a first line longer than the block", `GET /${"x".repeat(600)}`, 414],
	["a method of 32 characters", `${"M".repeat(32)} / HTTP/1.1\r\n${HOST}\r\n`, 1],
	["a method of 33 characters", `${"M".repeat(33)} / HTTP/1.1\r\n${HOST}\r\n`, 400],
	["a name of 64 characters", `GET / HTTP/1.1\r\n${HOST}${"x".repeat(64)}: 1\r\n\r\n`, 1],
	["a name of 65 characters", `GET / HTTP/1.1\r\n${HOST}${"x".repeat(65)}: 1\r\n\r\n`, 431],
	["a value of 256 characters", `GET / HTTP/1.1\r\n${HOST}Origin:${"x".repeat(256)}\r\n\r\n`, 1],
	["a value of 257 characters, a blank among them", `GET / HTTP/1.1\r\n${HOST}Origin:${"x".repeat(256)} \r\n\r\n`, 431],
	["a long list in two lines", `GET / HTTP/1.1\r\n${HOST}${`Upgrade: ${"x".repeat(127)}\r\n`.repeat(2)}\r\n`, 1],
	["a longer list in two lines", `GET / HTTP/1.1\r\n${HOST}${`Upgrade: ${"x".repeat(128)}\r\n`.repeat(2)}\r\n`, 431],
	["a long value that nobody looks at", `GET / HTTP/1.1\r\n${HOST}Cookie: ${"x".repeat(400)}\r\n\r\n`, 1],
	["an authority of 257 characters", `GET http://${"x".repeat(257)} HTTP/1.1\r\n${HOST}\r\n`, 414],
	["64 fields", `GET / HTTP/1.1\r\n${HOST}${"a:\r\n".repeat(63)}\r\n`, 1],
	["65 fields", `GET / HTTP/1.1\r\n${HOST}${"a:\r\n".repeat(64)}\r\n`, 431],
];

const LONG_TARGETS: [length: number, outcome: number][] = [
	[512, 1],
	[513, 414],
];

describe("a request reader takes and refuses", () => {
	for (const [name, request, expected] of ROWS) {
		it(name, () => {
			equal(outcome(request), expected, "in one piece");
			equal(outcome(request, 1), expected, "byte by byte");
			equal(outcome(request, 7), expected, "in pieces of 7");
		});
	}

	for (const [length, expected] of LONG_TARGETS) {
		it(`a target of ${length} characters`, () => {
			const reader = new RequestReader();
			reader.open(new Uint8Array(700));
			feed(reader, latin1(`GET /${"x".repeat(length - 1)} HTTP/1.1\r\n${HOST}\r\n`));
			equal(reader.status, expected === 1 ? 0 : expected);
			equal(reader.request.target.length, expected === 1 ? length : 0);
		});
	}
});
