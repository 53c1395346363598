import { decodePercent } from "../../../modules/http/percent.js";
import { equal } from "../../support/assert.js";

describe("percent escapes", () => {
	it("are decoded as UTF-8", () => {
		equal(decodePercent("a%20b+c"), "a b+c");
		equal(decodePercent("%c3%a9%E2%82%AC%F0%9F%92%A1"), "\u00e9\u20ac\u{1f4a1}");
		equal(decodePercent("%25%00"), "%\0");
		equal(decodePercent("plain/\u00e9".slice(0, 6)), "plain/");
	});

	for (const text of [
		"%",
		"%4",
		"%zz",
		"%80",
		"%c3",
		"%C0%80",
		"%C0%AF",
		"%E0%80%AF",
		"%ED%A0%80",
		"%F4%90%80%80",
		"%FF",
	]) {
		it(`may not be ${text}`, () => equal(decodePercent(text), undefined));
	}
});
