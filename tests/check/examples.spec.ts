import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EXAMPLES, encodeExample } from "../../examples/make-patterns.js";
import { deepEqual, ok } from "../support/assert.js";

const folder = fileURLToPath(new URL("../../examples/patterns/", import.meta.url));

describe("examples/patterns", () => {
	it("are what examples/make-patterns.ts makes; run it again after a change", () => {
		deepEqual(
			readdirSync(folder).sort(),
			Object.keys(EXAMPLES)
				.map((name) => `${name}.prism`)
				.sort(),
		);
		for (const [name, example] of Object.entries(EXAMPLES)) {
			const file = readFileSync(`${folder}${name}.prism`);
			ok(file.equals(encodeExample(name, example)), name);
		}
	});
});
