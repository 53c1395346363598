/**
 * How long the fuzzing goes on, and what becomes of what it finds. For Node alone.
 *
 *     FUZZ_RUNS   inputs for each property, 1,500 by default
 *     FUZZ_SEED   where they start: the same two give the same inputs. By default always the same; new every time where K1_LONG is set
 *     FUZZ_KEEP   0: what breaks a property is neither made small nor kept, for runs in which the code is broken on purpose
 *
 * Every run prints its seed, and how many inputs there were.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";

const REGRESSIONS = fileURLToPath(new URL("../property/regressions/", import.meta.url));

export const FUZZ = {
	seed: Number(process.env.FUZZ_SEED ?? (process.env.K1_LONG ? Date.now() & 0x7fffffff : 20_260_101)),
	numRuns: Number(process.env.FUZZ_RUNS ?? 1500),
};

const KEEP = process.env.FUZZ_KEEP !== "0";

let inputs = 0;
after("count the inputs", () => {
	if (inputs > 0) console.log(`      fuzzing: ${inputs.toLocaleString("en")} inputs, FUZZ_SEED=${FUZZ.seed}`);
});

/** Values of an example as JSON, bytes in hexadecimal. */
function encode(values: unknown): string {
	const json = JSON.stringify(
		values,
		(_, value) => (value instanceof Uint8Array ? { hex: Buffer.from(value).toString("hex") } : value),
		"\t",
	);
	return `${json}\n`;
}

function decode(json: string): unknown {
	return JSON.parse(json, (_, value) =>
		typeof value === "object" && value !== null && typeof value.hex === "string"
			? new Uint8Array(Buffer.from(value.hex, "hex"))
			: value,
	);
}

/**
 * Tries a property with FUZZ.numRuns inputs, and first with all that ever broke it. One that breaks it is made as small as it
 * goes on breaking it, and kept in tests/property/regressions/NAME.json, so that every later run begins with it: commit that file.
 * @param name of the property, and of the file
 * @param share of the runs, for a property that is slow
 * @throws Error with the input and the seed
 */
export function fuzz<Values extends [unknown, ...unknown[]]>(
	name: string,
	property: fc.IProperty<Values>,
	share = 1,
): void {
	const file = `${REGRESSIONS}${name}.json`;
	const examples = existsSync(file) ? (decode(readFileSync(file, "utf8")) as Values[]) : [];
	const numRuns = Math.ceil(FUZZ.numRuns * share) + examples.length;
	const result = fc.check(property, { ...FUZZ, numRuns, examples, endOnFailure: !KEEP });
	inputs += result.numRuns;
	if (!result.failed) return;
	if (KEEP && result.counterexample !== null) {
		const known = new Set(examples.map(encode));
		if (!known.has(encode(result.counterexample))) {
			mkdirSync(REGRESSIONS, { recursive: true });
			writeFileSync(file, encode([...examples, result.counterexample]));
		}
	}
	throw new Error(`${name}${KEEP ? `, kept in ${file}` : ""}:\n${fc.defaultReportMessage(result)}`);
}
