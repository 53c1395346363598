/**
 * Measures the firmware beside what people use instead, and prints the tables:
 *
 *     npm run bench -- [--short] [--write] [PART...]
 *
 * PART: sink, flash, latency, start, counts; all of them if none is given. `--write` puts the tables into docs/performance.md and the charts into
 * docs/performance; `--short` only shows whether it works. It needs Debian's python3-websockets and, for the counts, what
 * `npm run test:device-class` needs; it wants a machine with nothing else to do.
 */

import { parseArgs } from "node:util";
import { measureCounts } from "./parts/counts.js";
import { measureFlash } from "./parts/flash.js";
import { measureLatency } from "./parts/latency.js";
import { measureSink } from "./parts/sink.js";
import { measureStart } from "./parts/start.js";
import { printSection } from "./report/print.js";
import type { Section } from "./report/section.js";
import { writeReport } from "./report/write.js";

const PARTS: Readonly<Record<string, (short: boolean) => Promise<Section | readonly Section[]>>> = {
	sink: measureSink,
	flash: measureFlash,
	latency: measureLatency,
	start: measureStart,
	counts: measureCounts,
};

const { values, positionals } = parseArgs({
	options: { short: { type: "boolean" }, write: { type: "boolean" } },
	allowPositionals: true,
});
for (const name of positionals) {
	if (PARTS[name] === undefined) throw new Error(`no part "${name}"; there are ${Object.keys(PARTS).join(", ")}`);
}
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
	const sections = [await PARTS[name](values.short === true)].flat();
	for (const section of sections) printSection(section);
	if (values.write) writeReport(name, sections, values.short === true);
}
// Uploads that a part has left unfinished still wait for their answers.
process.exit(0);
