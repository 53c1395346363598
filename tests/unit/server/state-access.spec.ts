import { equal } from "../../support/assert.js";
import { HOST, ServerBench, statusOf } from "../../support/server.js";

describe("/state, who may ask", () => {
	const TOKEN = "Authorization: Bearer secret\r\n";
	const page = (origin: string) => `${TOKEN}Origin: http://${origin}\r\n`;
	const asked: readonly (readonly [string, string, string, number])[] = [
		["PUT", "without the token", HOST, 401],
		["GET", "without the token", HOST, 401],
		["PUT", "with it", HOST + TOKEN, 200],
		["PUT", "from another page", HOST + page("evil.example"), 403],
		["GET", "from another page", HOST + page("evil.example"), 403],
		["PUT", "from the own page", HOST + page("prism-k1.local"), 200],
		["PUT", "of any version", `${HOST}${TOKEN}If-Match: *\r\n`, 200],
		["PUT", "of another version", `${HOST}${TOKEN}If-Match: "a"\r\n`, 412],
		["GET", "under another name", `Host: evil.example\r\n${TOKEN}`, 421],
		["DELETE", "with the token", HOST + TOKEN, 405],
	];
	for (const [method, how, fields, status] of asked) {
		it(`answers ${method} ${how} ${status}`, () => {
			const body = method === "PUT" ? "{}" : "";
			const length = body === "" ? "" : `Content-Length: ${body.length}\r\n`;
			const answer = new ServerBench({ token: "secret", lamp: true }).request(
				`${method} /state HTTP/1.1\r\n${fields}${length}\r\n${body}`,
			);
			equal(statusOf(answer), status);
			equal(answer.includes("Allow: GET, HEAD, PUT\r\n"), status === 405);
		});
	}
});
