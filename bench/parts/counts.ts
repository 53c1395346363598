import { writePatterns } from "../../tests/device-class/bench/patterns.js";
import { runBench } from "../../tests/device-class/bench/run-bench.js";
import { runProfile } from "../../tests/device-class/bench/run-profile.js";
import budgets from "../../tests/device-class/budgets.json" with { type: "json" };
import { missingPackages, xtensa, xtensaProfile } from "../../tests/harness/places.js";
import type { Bar, Section } from "../report/section.js";

/** What is profiled: how `profile` is called, what it is called in the table, and for one of what. */
const PROFILED = [
	["upload", "100", "a 4,093-byte chunk"],
	["upload-1024", "200", "a 1,024-byte chunk"],
	["status", "100", "STATUS"],
	["list", "50", "LIST of 64"],
	["connection", "50", "a connection"],
] as const;
/** Modules beyond these are summed up. */
const MOST_MODULES = 14;

/** Instructions on the emulated Xtensa core, and where they go. */
export async function measureCounts(short: boolean): Promise<readonly Section[]> {
	const missing = missingPackages([xtensa, xtensaProfile]);
	if (missing.length > 0)
		throw new Error(`for the counts install what is missing: apt-get install ${missing.join(" ")}`);
	xtensa.build();
	const figures = await runBench(xtensa, "cost", ...writePatterns());
	const cost: Readonly<Record<string, Readonly<Record<string, number>>>> = budgets.cost;
	const rows = figures
		.filter(({ instructions }) => instructions !== undefined)
		.map(({ name, unit, instructions }) => {
			const allocated = figures.find((line) => line.name === name && line.slots !== undefined);
			const budget = cost[name]?.instructions;
			return [
				`${name}, a ${unit}`,
				show(Number(instructions)),
				budget === undefined ? "" : show(budget),
				allocated === undefined ? "" : `${allocated.slots} / ${allocated.chunkBytes}`,
			];
		});
	const shares = new Map<string, number[]>();
	const totals: number[] = [];
	for (const [i, [what, count]] of (short ? PROFILED.slice(0, 1) : PROFILED).entries()) {
		const functions = await runProfile(what, count);
		totals.push(functions.reduce((sum, { self }) => sum + self, 0) / Number(count));
		for (const { name, module: path, self } of functions) {
			const module =
				path === "" ? (name.startsWith("native ") ? "natives" : "engine") : path.replace(/^modules\/|\.js$/g, "");
			const row = shares.get(module) ?? PROFILED.map(() => 0);
			row[i] += self / Number(count);
			shares.set(module, row);
		}
	}
	const weight = (row: readonly number[]) => row.reduce((sum, value, i) => sum + value / (totals[i] ?? 1), 0);
	const sorted = [...shares].toSorted(([, a], [, b]) => weight(b) - weight(a));
	const rest = sorted.slice(MOST_MODULES).reduce(
		(sum, [, row]) => sum.map((value, i) => value + row[i]),
		PROFILED.map(() => 0),
	);
	const shown = [...sorted.slice(0, MOST_MODULES), ["all others", rest] as const];
	const bars: Bar[] = PROFILED.flatMap(([, , name], i) =>
		i < totals.length
			? shown.map(([module, row]) => {
					const share = (100 * row[i]) / totals[i];
					return { group: name, name: module, value: share, least: share, most: share, own: true };
				})
			: [],
	);
	return [
		{
			title: "Instructions on an Xtensa core",
			text: "Counted on the emulated core, garbage collection in them, the fixture's own taken off; they are the same at every run. Slots and chunk bytes are what is allocated for one.",
			head: ["what", "instructions", "budget", "slots / chunk bytes"],
			rows,
		},
		{
			title: "Where they go",
			text: "Instructions of each module's own functions, for one of each; `natives` are C functions, those of the test's own network and flash among them, `engine` the functions that the language has. The profiler's engine is built with it and costs a little more.",
			head: ["module", ...PROFILED.map(([, , name]) => name)],
			rows: shown.map(([module, row]) => [
				module,
				...row.map((value, i) =>
					i < totals.length ? `${show(value)} (${((100 * value) / totals[i]).toFixed(0)} %)` : "",
				),
			]),
			chart: {
				file: "profile",
				alt: "Share of each module in what an upload, STATUS, LIST and a connection cost",
				label: "% of the instructions",
				bars,
			},
		},
	];
}

function show(value: number): string {
	return value < 1000 ? value.toFixed(value < 100 ? 1 : 0) : Math.round(value).toLocaleString("en-US");
}
