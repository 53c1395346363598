import { Log } from "../../../modules/core/log.js";
import { deepEqual, throws } from "../../support/assert.js";

describe("Log", () => {
	function lines(level: string): string[] {
		const printed: string[] = [];
		const log = new Log(
			level,
			(line) => printed.push(line),
			() => 12_345,
		);
		log.error("e");
		log.warn("w");
		log.info("i");
		log.debug("d");
		return printed;
	}

	it("prints its level and the more important ones", () => {
		deepEqual(lines("warn"), ["   12.345 error e", "   12.345 warn  w"]);
		deepEqual(lines("debug").length, 4);
		deepEqual(lines("silent"), []);
	});

	it("refuses an unknown level", () => {
		throws(
			() => lines("loud"),
			(error) => error instanceof RangeError,
		);
	});
});
