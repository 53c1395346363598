import { isName } from "../../../modules/tlv/name.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";

function accepts(name: string): boolean {
	const bytes = ascii(`<${name}>`);
	return isName(bytes, 1, bytes.length - 1);
}

describe("a pattern's name", () => {
	for (const name of [
		"a",
		"Z",
		"A",
		"z",
		"0",
		"test",
		"sine_2s.prism",
		"two words",
		"a-b",
		"x_",
		"9-",
		"a.b",
		"a".repeat(32),
	]) {
		it(`may be "${name}"`, () => ok(accepts(name)));
	}

	for (const name of [
		"",
		" a",
		"a ",
		".a",
		"a.",
		"-a",
		"_a",
		"a/b",
		"a\\b",
		"a\tb",
		"caf\xe9",
		"a\0",
		"..",
		"a".repeat(33),
	]) {
		it(`may not be ${JSON.stringify(name)}`, () => equal(accepts(name), false));
	}
});
