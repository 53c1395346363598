import { choose, fromText, problemOf, toText } from "../../../modules/network/credentials.js";
import { deepEqual, equal, ok } from "../../support/assert.js";

const NONE = { ssid: "", password: "" };
const BUILT = { ssid: "lab", password: "laboratory" };

describe("Wi-Fi credentials", () => {
	it("takes names of 1 to 32 bytes", () => {
		equal(problemOf("a", ""), undefined);
		equal(problemOf("a".repeat(32), ""), undefined);
		equal(problemOf("\u00fc".repeat(16), ""), undefined);
		ok(problemOf("", ""));
		ok(problemOf("a".repeat(33), ""));
		ok(problemOf(`${"\u00fc".repeat(16)}a`, ""));
		ok(problemOf("a\u0000b", ""));
	});

	it("takes no password or one of 8 to 63 characters of ASCII", () => {
		equal(problemOf("a", "12345678"), undefined);
		equal(problemOf("a", "~".repeat(63)), undefined);
		ok(problemOf("a", "1234567"));
		ok(problemOf("a", "1".repeat(64)));
		ok(problemOf("a", "passw\u00f6rter"));
		ok(problemOf("a", "1234\n5678"));
	});

	it("comes back from the store as it went in", () => {
		const stored = { ssid: 'a"\u00fc\\', password: "p,[]\"'' ", builtSsid: "b", builtPassword: "" };
		deepEqual(fromText(toText(stored)), stored);
	});

	it("takes nothing else from the store", () => {
		for (const text of [undefined, 1, "", "{", "[]", '["a"]', '["a","b","c",1]', '["","","",""]', "null"]) {
			equal(fromText(text), undefined);
		}
	});

	it("lets the later of the form and the build count", () => {
		const typed = { ssid: "home", password: "", builtSsid: BUILT.ssid, builtPassword: BUILT.password };
		equal(choose(undefined, NONE), undefined);
		equal(choose(undefined, BUILT), BUILT);
		equal(choose(typed, NONE), typed);
		equal(choose(typed, BUILT), typed);
		equal(choose(typed, { ...BUILT, password: "another one" })?.ssid, "lab");
	});
});
