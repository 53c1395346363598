import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const OUT = join(ROOT, "build/xs/modules");

/** The files below a folder of the project whose path starts with `prefix` and ends with `ending`, in order, relative to the project. */
function filesUnder(folder: string, ending: string, prefix = folder): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
		.map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
		.filter((path) => path.endsWith(ending) && path.startsWith(prefix))
		.sort();
}

/** The spec files that run everywhere; `prefix` chooses some of them. */
export function specFiles(prefix = "tests/unit/"): string[] {
	return filesUnder("tests/unit", ".spec.ts", prefix);
}

/**
 * Turns each TypeScript file that a spec may import into a JavaScript file of its own below build/xs/modules, at the same
 * place and with the same imports, as the SDK's build does. The byte work is the native one, as on the device.
 */
export async function transpile(): Promise<void> {
	const folders = ["modules", "tests/unit", "tests/support", "tests/harness", "tests/device-class"];
	const entryPoints = folders.flatMap((folder) => filesUnder(folder, ".ts"));
	await build({
		absWorkingDir: ROOT,
		entryPoints: entryPoints.filter((path) => !path.endsWith(".d.ts")),
		outbase: ".",
		outdir: OUT,
		format: "esm",
		target: "es2022",
		logLevel: "warning",
	});
	copyFileSync(join(ROOT, "modules/bytes/native/bytes.js"), output("modules/bytes/bytes.ts"));
}

/** Where the JavaScript of a TypeScript file is. */
export function output(path: string): string {
	return join(OUT, path.replace(/\.ts$/, ".js"));
}

/** How a program is given to k1-xs and k1-xtensa. */
export interface Program {
	/** The options, and the main module as the last. */
	readonly arguments: string[];
}

/**
 * A main module with this text, which may import TypeScript files of the project by `output(path)`. What it imports of modules/
 * is preloaded, as on the device: classes and functions then cost no heap. The rest is parsed only, and lives in the heap.
 */
export function program(name: string, text: string): Program {
	const main = join(OUT, `${name}.js`);
	writeFileSync(main, text);
	const imported = closure(main);
	const preload = imported.filter((path) => path.startsWith(join(OUT, "modules/")));
	const parse = imported.filter((path) => !preload.includes(path) && path !== main);
	return {
		arguments: [
			...preload.flatMap((path) => ["--preload", path]),
			...parse.flatMap((path) => ["--module", path]),
			main,
		],
	};
}

/** The program that runs one spec file and prints TAP. `timeout`: ms a test may take. */
export function specProgram(spec: string, timeout: number): Program {
	const name = spec.replace(/\.ts$/, "").replaceAll("/", "-");
	return program(
		name,
		`import { runFiles } from ${JSON.stringify(output("tests/harness/run-files.ts"))};
import { xsPort } from ${JSON.stringify(output("tests/harness/xs-port.ts"))};
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
