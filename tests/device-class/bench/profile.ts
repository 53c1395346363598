import { missingPackages, xtensaProfile } from "../../harness/places.js";
import { runProfile } from "./run-profile.js";

/*
 * Prints which functions spend the instructions, on the emulated core:
 *
 *     tsx tests/device-class/bench/profile.ts [upload|upload-1024|small-upload|status|list|connection] [COUNT]
 *     tsx tests/device-class/bench/profile.ts prism|play|watch COUNT FILE
 *
 * COUNT: how many chunks, messages or connections; the figures are for one of them. "self" is without what a function calls,
 * "total" with it. Garbage collection counts for whoever allocated last.
 */

const [what = "upload", count = "100", ...files] = process.argv.slice(2);
const missing = missingPackages([xtensaProfile]);
if (missing.length > 0) throw new Error(`to run this, install what is missing: apt-get install ${missing.join(" ")}`);
const functions = await runProfile(what, count, ...files);
const times = Number(count);
const all = functions.reduce((sum, { self }) => sum + self, 0);
console.log(`${what}: ${Math.round(all / times)} instructions each, ${count} of them`);
console.log("     self   share    total    calls  function");
for (const { name, module, calls, self, total } of functions.slice(0, 40)) {
	const columns = [
		Math.round(self / times),
		`${((100 * self) / all).toFixed(1)} %`,
		Math.round(total / times),
		(calls / times).toFixed(2),
	];
	console.log(`${columns.map((column) => String(column).padStart(9)).join("")}  ${name}  ${module}`);
}
