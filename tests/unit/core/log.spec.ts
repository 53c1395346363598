import { DEBUG, INFO, Log } from "../../../modules/core/log.js";
import { deepEqual, equal, throws } from "../../support/assert.js";

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

	it("leaves lines out that peers cause too often, and tells how many", () => {
		const printed: string[] = [];
		let now = 0;
		const log = new Log(
			"info",
			(line) => printed.push(line.slice(16)),
			() => now,
		);
		for (let i = 0; i < 30; i++) log.infoSparingly(`${i}`);
		equal(printed.length, 20);
		now += 500;
		log.infoSparingly("more");
		log.infoSparingly("and more");
		deepEqual(printed.slice(20), ["more (10 lines were left out before)"]);
		now += 60_000;
		for (let i = 0; i < 30; i++) log.infoSparingly(`${i}`);
		equal(printed.length, 41);
		equal(printed[21], "0 (1 lines were left out before)");
		log.info("own");
		equal(printed.at(-1), "own");
	});

	it("says whether a level is told", () => {
		const log = new Log(
			"info",
			() => {},
			() => 0,
		);
		equal(log.tells(INFO), true);
		equal(log.tells(DEBUG), false);
	});

	it("refuses an unknown level", () => {
		throws(
			() => lines("loud"),
			(error) => error instanceof RangeError,
		);
	});
});
