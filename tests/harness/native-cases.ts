import { runNativeCases } from "../support/native-cases.js";
import { type Place, run } from "./places.js";
import { output, program, translate } from "./spec-modules.js";

const SOURCE = "tests/support/native-cases.ts";

/** What the cases report in a place where XS runs, a line each. @throws Error when they did not run to their end */
export async function nativeCases(place: Place, seed: number, cases: number): Promise<string[]> {
	place.build();
	await translate([SOURCE]);
	const { arguments: args } = program(
		`native-cases-${seed}`,
		`import { runNativeCases } from ${JSON.stringify(output(SOURCE))};
runNativeCases(${seed}, ${cases}, (line) => trace(line + "\\n"));
`,
	);
	const { code, output: text, errors } = await run(place, args);
	if (code !== 0) throw new Error(`ended with ${code}: ${errors}${text.slice(-300)}`);
	return text.trimEnd().split("\n");
}

/** What they report on Node. */
export function twinCases(seed: number, cases: number): string[] {
	const lines: string[] = [];
	runNativeCases(seed, cases, (line) => lines.push(line));
	return lines;
}
