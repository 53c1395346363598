import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { modulesForXs } from "../../host-shim/xs/bundle.js";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const OUT = join(ROOT, "build/xs/modules");

/** The spec files that run everywhere, in order, relative to the project; `prefix` chooses those whose path starts with it. */
export function specFiles(prefix = "tests/unit/"): string[] {
	return readdirSync(join(ROOT, "tests/unit"), { recursive: true, encoding: "utf8" })
		.map((path) => `tests/unit/${path.replaceAll("\\", "/")}`)
		.filter((path) => path.endsWith(".spec.ts") && path.startsWith(prefix))
		.sort();
}

/**
 * Translates modules of the project, and all that they import, for XS: each into a file of its own below build/xs/modules, as the
 * SDK's build does.
 */
export async function translate(paths: readonly string[]): Promise<void> {
	await modulesForXs(
		paths.map((path) => join(ROOT, path)),
		OUT,
	);
}

/** Where a translated module is. */
export function output(path: string): string {
	return join(OUT, path.replace(/\.ts$/, ".js"));
}

/** How a program is given to k1-xs and k1-bench. */
export interface Program {
	/** The options, and the main module as the last. */
	readonly arguments: string[];
}

/** Read-only on the device too: the firmware, and the harness around the specs. */
const PRELOADED = ["modules/", "tests/harness/"];

/**
 * A main module with this text, which may import translated modules by `output(path)`. The firmware and the harness are
 * preloaded, as on the device: classes and functions then cost no heap. The rest is parsed only, and lives in the heap.
 */
export function program(name: string, text: string): Program {
	const main = join(OUT, `${name}.js`);
	writeFileSync(main, text);
	const imported = closure(main);
	const preload = imported.filter((path) => PRELOADED.some((folder) => path.startsWith(join(OUT, folder))));
	const parse = imported.filter((path) => !preload.includes(path) && path !== main);
	return {
		arguments: [
			...preload.flatMap((path) => ["--preload", path]),
			...parse.flatMap((path) => ["--module", path]),
			main,
		],
	};
}

/** What a spec program needs beside the spec. */
export const HARNESS = ["tests/harness/run-files.ts", "tests/harness/xs-port.ts"] as const;

/** The program that runs one spec file and prints TAP. `timeout`: ms a test may take. */
export function specProgram(spec: string, timeout: number): Program {
	const name = spec.replace(/\.ts$/, "").replaceAll("/", "-");
	return program(
		name,
		`import { runFiles } from ${JSON.stringify(output(HARNESS[0]))};
import { xsPort } from ${JSON.stringify(output(HARNESS[1]))};
const load = () => import(${JSON.stringify(output(spec))});
runFiles([{ name: ${JSON.stringify(spec)}, load }], xsPort, ${timeout});
`,
	);
}

/** The modules that a module imports, statically or not, and their imports: files with an absolute path, each once. */
function closure(path: string, seen = new Set<string>()): string[] {
	if (seen.has(path)) return [...seen];
	for (const [, specifier] of readFileSync(path, "utf8").matchAll(/^(?:import|export)[^;]*?["']([./][^"']*)["']/gm))
		closure(specifier?.startsWith("/") ? specifier : join(dirname(path), specifier ?? ""), seen);
	for (const [, specifier] of readFileSync(path, "utf8").matchAll(/\bimport\("(\/[^"]*)"\)/g))
		closure(specifier ?? "", seen);
	seen.add(path);
	return [...seen];
}

/** A path relative to the project, with forward slashes. */
export function inProject(path: string): string {
	return relative(ROOT, path).replaceAll("\\", "/");
}
