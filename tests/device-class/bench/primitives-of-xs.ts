import { missingPackages, xtensa } from "../../harness/places.js";
import { runBench } from "./run-bench.js";

/* Prints what the steps of a program cost on XS, in instructions of the emulated core: docs/design.md, "What XS costs". */

const missing = missingPackages([xtensa]);
if (missing.length > 0) throw new Error(`to run this, install what is missing: apt-get install ${missing.join(" ")}`);
xtensa.build();
for (const { name, instructions } of await runBench(xtensa, "primitives")) {
	console.log(`${String(instructions).padStart(6)}  ${name}`);
}
