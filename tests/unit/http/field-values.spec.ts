import { hasMember, isDigits, isIPv4, isKey, takeField } from "../../../modules/http/field-values.js";
import { FIELD_KEYS } from "../../../modules/http/request.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { latin1 } from "../../support/latin1.js";

/** The field's key, "" for one that is not looked at, and its value; or the status that refuses the line. */
function taken(line: string): [string, string] | number {
	const bytes = latin1(`xx${line}x`);
	const found = takeField(bytes, 2, 2 + line.length);
	if (found < 0) return -found;
	const start = (found >> 9) & 0x1ff;
	return [FIELD_KEYS[(found >> 18) - 1] ?? "", line.slice(start, start + (found & 0x1ff))];
}

describe("taking a field apart", () => {
	it("finds each that a K1 looks at, in any case", () => {
		for (const key of FIELD_KEYS) {
			// contentLength is content-length, secWebSocketKey is sec-websocket-key.
			const name = key.replace("WebSocket", "Websocket").replaceAll(/[A-Z]/g, (capital) => `-${capital}`);
			for (const written of [name, name.toLowerCase(), name.toUpperCase()]) {
				deepEqual(taken(`${written}: 12\t `), [key, "12"], written);
				deepEqual(taken(`${written}s:12`), ["", ""], written);
				deepEqual(taken(`${written.slice(1)}:12`), ["", ""], written);
			}
		}
	});

	it("takes the longest name and value, and none that is longer", () => {
		deepEqual(taken(`${"n".repeat(64)}:`), ["", ""]);
		equal(taken(`${"n".repeat(65)}:`), 431);
		deepEqual(taken(`Origin:${"v".repeat(256)}`), ["origin", "v".repeat(256)]);
		deepEqual(taken(`Sec-WebSocket-Protocol:${" ".repeat(256)}`), ["secWebSocketProtocol", ""]);
		equal(taken(`Origin:${"v".repeat(257)}`), 431);
		deepEqual(taken(`X:${"v".repeat(1000)}`), ["", ""]);
	});

	it("refuses a no-break space where it could pass for a blank, and nowhere else", () => {
		deepEqual(taken("Expect:a\u00a0b"), ["expect", "a\u00a0b"]);
		for (const value of ["\u00a0a", "a\u00a0", "\u00a0", " a\u00a0b", "a\u00a0b\t", " \u00a0"]) {
			equal(taken(`Expect:${value}`), 400, value);
		}
	});

	it("refuses what is no field", () => {
		for (const line of [
			"",
			"Host",
			":k1",
			"Host : k1",
			" Host: k1",
			"Host: k1\u0000",
			"Host: a b",
			"Host: a@b",
			"Content-Length:",
		]) {
			equal(taken(line), 400, line);
		}
		equal(taken("Content-Length: 1x"), 400);
		deepEqual(taken("Host:"), ["host", ""]);
	});

	it("refuses a range outside the bytes", () => {
		throws(
			() => takeField(latin1("Host: k1"), 0, 9),
			(error) => error instanceof RangeError,
		);
	});
});

describe("a list's members", () => {
	it("are found wherever they stand whole", () => {
		for (const list of ["a", "a,b", "b,a", "b ,\ta ,c", ",,a", "xa, a"]) equal(hasMember(list, "a", false), true, list);
		for (const list of ["", ",", "b", "aa", "a b", "xa,ax", "A", "a\u00a0"])
			equal(hasMember(list, "a", false), false, list);
		equal(hasMember(undefined, "a", false), false);
	});

	it("are found in any case where that is asked for", () => {
		equal(hasMember("keep-alive, UpGrade", "upgrade", true), true);
		equal(hasMember("keep-alive, UpGrades", "upgrade", true), false);
	});
});

describe("short values", () => {
	it("are digits, 1 to 15", () => {
		for (const text of ["0", "007", "123456789012345"]) equal(isDigits(text), true, text);
		for (const text of ["", "1234567890123456", "1a", "-1", " 1", "1\u0660"]) equal(isDigits(text), false, text);
	});

	it("are IPv4 addresses of four numbers up to 255", () => {
		for (const text of ["0.0.0.0", "255.255.255.255", "192.168.004.001"]) equal(isIPv4(text), true, text);
		for (const text of [
			"",
			"1.2.3",
			"1.2.3.4.5",
			"1.2.3.256",
			"1.2.3.0004",
			"1..2.3",
			"1.2.3.",
			".1.2.3",
			"1.2.3.4 ",
			"a.2.3.4",
		]) {
			equal(isIPv4(text), false, text);
		}
	});

	it("are keys of 16 bytes", () => {
		for (const text of ["dGhlIHNhbXBsZSBub25jZQ==", "AAAAAAAAAAAAAAAAAAAAAA==", "+/+/+/+/+/+/+/+/+/+/+g=="])
			equal(isKey(text), true, text);
		for (const text of [
			"",
			"dGhlIHNhbXBsZSBub25jZR==",
			"dGhlIHNhbXBsZSBub25jZQ=",
			"dGhlIHNhbXBsZSBub25jZQ===",
			"dGhlIHNhbXBsZSBub25j!Q==",
			"dGhlIHNhbXBsZSBub25jZQ=\u00e4",
		]) {
			equal(isKey(text), false, text);
		}
	});
});
