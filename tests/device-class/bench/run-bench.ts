import { type Place, run } from "../../harness/places.js";
import { output, program, translate } from "../../harness/spec-modules.js";

/** A line that a program of this folder prints: its name, what its figures are for one of, and the figures. */
export interface Figures {
	readonly name: string;
	readonly unit: string;
	readonly [figure: string]: string | number;
}

/** Runs a program of this folder on k1-bench and returns the JSON lines that it printed. @throws Error when it failed */
export async function runBench(place: Place, name: string, ...extra: string[]): Promise<Figures[]> {
	const source = `tests/device-class/bench/${name}.ts`;
	await translate([source]);
	const { arguments: args } = program(`bench-${name}`, `import ${JSON.stringify(output(source))};\n`);
	const ended = await run(place, [...args, ...extra]);
	if (ended.code !== 0)
		throw new Error(`${source} ended with ${ended.code}: ${ended.errors}${ended.output.slice(-1000)}`);
	return ended.output
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line) => JSON.parse(line));
}
