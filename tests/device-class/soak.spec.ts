import { bench32 } from "../harness/places.js";
import { equal, ok } from "../support/assert.js";
import { writePatterns } from "./bench/patterns.js";
import { type Figures, runBench } from "./bench/run-bench.js";
import budgets from "./budgets.json" with { type: "json" };

const UPLOADS = 10_000;
const FRAMES = 100_000;
const SLOT_BYTES = 16;

/** XS with 32-bit words in the device's pools, for thousands of uploads, while a pattern plays and one client watches. */
describe("heap of a K1", () => {
	let figures: Figures[];

	function figure(name: string, which: "slots" | "chunkBytes"): number {
		const line = figures.find((candidate) => candidate.name === name);
		ok(line, `${name} was not measured`);
		return Number(line[which]);
	}

	before(async () => {
		bench32.build();
		figures = await runBench(bench32, "soak", String(UPLOADS), String(FRAMES), writePatterns()[0]);
		for (const { name, ...rest } of figures) console.log(`      ${name}: ${JSON.stringify(rest)}`);
	});

	for (const which of ["slots", "chunkBytes"] as const) {
		it(`holds as many ${which} after ${UPLOADS} uploads as after ${UPLOADS / 10}`, () => {
			equal(figure(`after ${UPLOADS} uploads`, which), figure(`after ${UPLOADS / 10} uploads`, which));
		});

		it(`holds as many ${which} after ${2 * FRAMES} frames more, each shown, as after ${FRAMES}`, () => {
			equal(figure(`after ${2 * FRAMES} frames more`, which), figure(`after ${FRAMES} frames more`, which));
		});

		it(`leaves ${budgets.memory.freeShare * 100} % of the ${which} free at every look`, () => {
			const most = figure("most alive", which);
			const all = figure("pools", which);
			ok(most <= (1 - budgets.memory.freeShare) * all, `${most} of ${all} are in use`);
		});
	}

	it(`needs no more than ${budgets.memory.stack} slots of stack, the bench's own included`, () => {
		ok(figure("deepest stack", "slots") <= budgets.memory.stack);
	});

	it(`grows by no more than ${budgets.memory.twoClients} bytes for two clients with an upload each, their blocks included`, () => {
		const of = (name: string) => SLOT_BYTES * figure(name, "slots") + figure(name, "chunkBytes");
		const blocks = 2 * 4096;
		const grown = of("two clients") - of("idle, a pattern playing") + blocks;
		ok(grown <= budgets.memory.twoClients, `${grown} bytes`);
	});
});
