import { equal } from "../../support/assert.js";
import { HOST, ServerBench, statusOf, WEBSOCKET } from "../../support/server.js";

describe("an HTTP request", () => {
	const rows: readonly (readonly [string, string, number])[] = [
		["the page", `GET / HTTP/1.1\r\n${HOST}\r\n`, 200],
		["the page's head", `HEAD / HTTP/1.1\r\n${HOST}\r\n`, 200],
		["nothing that is here", `GET /nothing HTTP/1.1\r\n${HOST}\r\n`, 404],
		["a pattern that is not stored", `GET /patterns/none HTTP/1.1\r\n${HOST}\r\n`, 404],
		["a name that cannot be", `GET /patterns/-x HTTP/1.1\r\n${HOST}\r\n`, 404],
		["a pattern with an endless name", `GET /patterns/${"a".repeat(99)} HTTP/1.1\r\n${HOST}\r\n`, 404],
		["the page by POST", `POST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`, 405],
		["the page with a body", `GET / HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nxx`, 400],
		["the page by a method that nobody knows", `BREW / HTTP/1.1\r\n${HOST}\r\n`, 501],
		["nothing by a method that nobody knows", `get /nothing HTTP/1.1\r\n${HOST}\r\n`, 501],
		["the page by every other method", `PATCH / HTTP/1.1\r\n${HOST}\r\n`, 405],
		["the page after an empty line", `\r\nGET / HTTP/1.1\r\n${HOST}\r\n`, 200],
		["the page of a host that is none", "GET / HTTP/1.1\r\nHost: prism-k1.local/\r\n\r\n", 400],
		["an absolute target beside a host that is none", "GET http://prism-k1.local/ HTTP/1.1\r\nHost: a b\r\n\r\n", 400],
		["the page, if it is there", `GET / HTTP/1.1\r\n${HOST}If-Match: *\r\n\r\n`, 200],
		["the page, if it is another", `GET / HTTP/1.1\r\n${HOST}If-Match: "a"\r\n\r\n`, 412],
		["too large a body", `POST /setup HTTP/1.1\r\n${HOST}Content-Length: 5000\r\n\r\n`, 413],
		["a coding", `POST /setup HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`, 501],
		["another version", `GET / HTTP/2.0\r\n${HOST}\r\n`, 505],
		["another host's page", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421],
		["the page without a Host", "GET / HTTP/1.1\r\n\r\n", 400],
		["the page by HTTP/1.0 without a Host", "GET / HTTP/1.0\r\n\r\n", 421],
		[
			"another host's WebSocket from a foreign page",
			`GET /ws HTTP/1.1\r\nHost: evil.example\r\n${WEBSOCKET}Origin: http://evil.example\r\n\r\n`,
			421,
		],
		["the page of an address", "GET / HTTP/1.1\r\nHost: 192.168.1.7:80\r\n\r\n", 200],
		["the WebSocket without an upgrade", `GET /ws HTTP/1.1\r\n${HOST}\r\n`, 426],
		["the WebSocket by POST", `POST /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`, 405],
		[
			"the WebSocket from a foreign page",
			`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: http://evil.example\r\n\r\n`,
			403,
		],
		[
			"the WebSocket from its own page",
			`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: http://prism-k1.local\r\n\r\n`,
			101,
		],
		[
			"the WebSocket from its own page, were it encrypted",
			`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}Origin: https://prism-k1.local\r\n\r\n`,
			403,
		],
		["no HTTP", "\x16\x03\x01\x02\x00", 400],
		["no HTTP either", `GET / HTTP/1.1\n${HOST}\r\n`, 400],
		["too much", `GET / HTTP/1.1\r\nX: ${"a".repeat(4096)}`, 431],
	];
	for (const [what, text, status] of rows) {
		it(`for ${what} is answered ${status}`, () => equal(statusOf(new ServerBench().request(text)), status));
	}
});
