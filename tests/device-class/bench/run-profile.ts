import { run, xtensaProfile } from "../../harness/places.js";
import { output, program, translate } from "../../harness/spec-modules.js";

const SOURCE = "tests/device-class/bench/profiled.ts";

/** What a function has spent. */
export interface Spent {
	readonly name: string;
	/** Its module, such as `modules/server/connection`; "" for natives and what the engine itself has. */
	readonly module: string;
	readonly calls: number;
	/** Instructions without what it calls, and with it. */
	readonly self: number;
	readonly total: number;
}

/** Counts what each function spends while one thing is done again and again (profiled.ts). @throws Error when it failed */
export async function runProfile(what: string, count: string, ...files: readonly string[]): Promise<Spent[]> {
	xtensaProfile.build();
	await translate([SOURCE]);
	const { arguments: args } = program("bench-profile", `import ${JSON.stringify(output(SOURCE))};\n`);
	const { code, output: text, errors } = await run(xtensaProfile, [...args, what, count, ...files]);
	if (code !== 0) throw new Error(`ended with ${code}: ${errors}${text.slice(-500)}`);
	const lines = (text.split("# from here\n")[1] ?? "").split("\n").filter((line) => line.startsWith("{"));
	return lines.map((line) => {
		const spent: Spent = JSON.parse(line);
		// The path begins where the translated modules are, and that is cut off.
		return { ...spent, module: spent.module.slice(Math.max(0, spent.module.lastIndexOf("modules/"))) };
	});
}
