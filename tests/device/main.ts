/**
 * Runs all unit specs on the K1, or in the SDK's simulator, and prints TAP. Each spec file is loaded into a compartment of its own with
 * all that it imports of tests/support, and forgotten before the next one; the firmware's modules and the harness's are
 * shared, in flash as they are in the product.
 */
import Modules from "modules";
import { runFiles, type SpecFile } from "../harness/run-files.js";
import { xsPort } from "../harness/xs-port.js";

/** The chip is slower than what Mocha's own limit is meant for. */
const TIMEOUT = 60_000;

/** `./b.js` as seen from `a/c` is `a/b`. */
function resolve(specifier: string, referrer: string): string {
	if (!specifier.startsWith(".")) return specifier;
	const path = referrer.split("/").slice(0, -1);
	for (const part of specifier.replace(/\.js$/, "").split("/")) {
		if (part === "..") path.pop();
		else if (part !== ".") path.push(part);
	}
	return path.join("/");
}

function load(specifier: string): object {
	const compartment = new Compartment({
		globals: { describe, it, before, after, beforeEach, afterEach },
		resolveHook: resolve,
		loadNowHook: (wanted) =>
			/^tests\/(unit|support)\//.test(wanted) ? { source: wanted } : { namespace: Modules.importNow(wanted) },
	});
	return compartment.importNow(specifier);
}

function* specFiles(): Generator<SpecFile> {
	for (const specifier of [...Modules.host].sort()) {
		if (/^tests\/unit\/.*\.spec$/.test(specifier)) {
			yield { name: `${specifier}.ts`, load: () => load(specifier) };
		}
	}
}

runFiles(specFiles(), xsPort, TIMEOUT);
