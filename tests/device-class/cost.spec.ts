import { xtensa } from "../harness/places.js";
import { deepEqual, ok } from "../support/assert.js";
import { writePatterns } from "./bench/patterns.js";
import { type Figures, runBench } from "./bench/run-bench.js";
import budgets from "./budgets.json" with { type: "json" };

/** Instructions and allocations on the emulated core against the budgets. */
describe("cost on Xtensa", () => {
	const cost: Readonly<Record<string, Readonly<Record<string, number>>>> = budgets.cost;
	let figures: Figures[];

	before(async () => {
		xtensa.build();
		figures = await runBench(xtensa, "cost", ...writePatterns());
		for (const { name, unit, fixture, ...counts } of figures)
			console.log(
				`      ${name}, a ${unit}: ${JSON.stringify(counts)}${fixture ? `, fixture ${fixture} taken off` : ""}`,
			);
	});

	for (const [name, budget] of Object.entries(cost)) {
		for (const [what, limit] of Object.entries(budget)) {
			it(`${name}: no more than ${limit} ${what}`, () => {
				const found = figures.filter((line) => line.name === name && what in line);
				ok(found.length === 1, "not measured");
				const value = Number(found[0]?.[what]);
				ok(value <= limit, `${value} ${what}, ${limit} allowed`);
			});
		}
	}

	it(`no turn costs more than ${budgets.turn.longest} instructions, whatever peers send`, () => {
		const turns = figures.filter(({ unit }) => unit === "turn");
		ok(turns.length > 20, `${turns.length} measured`);
		for (const { name, longest } of turns) ok(Number(longest) <= budgets.turn.longest, `${name}: ${longest}`);
	});

	it("is the same to the last digit when it is measured again", async () => {
		deepEqual(await runBench(xtensa, "cost", ...writePatterns()), figures);
	});
});
