import { readFileSync } from "node:fs";
import * as errors from "../../modules/core/errors.js";
import { ACTION_NAMES, actionFor, COLUMN_TYPES, STATE_NAMES } from "../../modules/transfer/state-table.js";
import { deepEqual, ok } from "../support/assert.js";

const docs = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");

/** The cells of the docs' table rows whose first cell is one of these. */
function rowsOf(firstCells: readonly string[]): string[][] {
	return docs
		.split("\n")
		.filter((line) => line.startsWith("| "))
		.map((line) =>
			line
				.slice(1, -1)
				.split("|")
				.map((cell) => cell.trim()),
		)
		.filter(([first, ...rest]) => firstCells.includes(first) && rest.length > 2);
}

describe("docs/protocol.md", () => {
	it("shows the state table that the firmware has", () => {
		// A type that no message has stands for all the others.
		const types = [...COLUMN_TYPES, 0x7f];
		const expected = STATE_NAMES.map((name, state) => [
			name,
			...types.map((type) => ACTION_NAMES[actionFor(state, type)]),
		]);
		deepEqual(rowsOf(STATE_NAMES), expected);
	});

	it("names every error code", () => {
		for (const [name, code] of Object.entries(errors)) {
			if (typeof code !== "number") continue;
			ok(docs.includes(`| 0x${code.toString(16).padStart(2, "0")} | ${name} |`), name);
		}
	});
});
