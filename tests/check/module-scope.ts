/**
 * Finds state at module scope. On the K1 a preloaded module lies in flash: what it made at module scope is read-only there, and a
 * write ends the machine. So whatever a module makes there must be unable to change: a primitive, a function, a class without
 * static fields, or an object that is frozen all the way down.
 *
 * Each module is compiled with a line at its end that hands out everything it declares, and then run.
 */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { runInNewContext } from "node:vm";
import { build, type Plugin, transform } from "esbuild";

/** A top-level declaration as esbuild prints it: at the start of a line, where nothing else begins with these words. */
const DECLARATION = /^(?:export )?(?:default )?(const|let|var|class)\s+([\w$]+)/gm;

/** Typed arrays cannot be frozen; these are filled once, before anybody sees them, and only read from then on. */
const TABLES: readonly string[] = ["modules/bytes/crc32.ts TABLE"];

/** What a module declared, as its last line hands it out. */
interface Declared {
	readonly file: string;
	readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Says what can change at module scope, a line each: the file, the name and why.
 * @param root the folder that file names are relative to
 * @param files paths of TypeScript modules; what they import from the project is looked at too
 */
export async function findState(root: string, files: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	const { outputFiles } = await build({
		stdin: { contents: files.map((file) => `import ${JSON.stringify(file)};`).join("\n"), resolveDir: root },
		bundle: true,
		write: false,
		format: "iife",
		target: "es2022",
		plugins: [probe(root, found)],
		logLevel: "error",
	});
	const declared: Declared[] = [];
	runInNewContext(outputFiles[0]?.text ?? "", { declared, trace: () => {}, native: () => () => {} });
	for (const { file, values } of declared) {
		for (const [name, value] of Object.entries(values)) {
			const why = TABLES.includes(`${file} ${name}`) ? undefined : whyMutable(value);
			if (why !== undefined) found.push(`${file}: ${name} ${why}`);
		}
	}
	return found.sort();
}

/** Hands out what each module declares, and stands in for the platform's modules. */
function probe(root: string, found: string[]): Plugin {
	return {
		name: "probe",
		setup({ onLoad, onResolve }) {
			onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, namespace: "platform" }));
			// Good enough to be called, made and extended.
			onLoad({ filter: /./, namespace: "platform" }, () => ({ contents: "module.exports = class {};" }));
			onLoad({ filter: /\.ts$/ }, async ({ path }) => {
				const file = relative(root, path);
				const { code } = await transform(await readFile(path, "utf8"), { loader: "ts", target: "es2022" });
				const names: string[] = [];
				for (const [, kind, name = ""] of code.matchAll(DECLARATION)) {
					if (kind === "let" || kind === "var") found.push(`${file}: ${name} is declared with ${kind}`);
					else names.push(name);
				}
				return {
					contents: `${code}\ndeclared.push({ file: ${JSON.stringify(file)}, values: { ${names.join(", ")} } });`,
				};
			});
		},
	};
}

/** Why a value can change; nothing when it cannot. */
function whyMutable(value: unknown): string | undefined {
	if (typeof value === "function") return whyClassMutable(value);
	if (typeof value !== "object" || value === null) return undefined;
	// By its name, since the value is of another realm.
	const kind = Object.prototype.toString.call(value).slice(8, -1);
	// A RegExp too: XS writes its lastIndex whenever it is used.
	if (kind !== "Object" && kind !== "Array") return `is a ${kind}`;
	if (!Object.isFrozen(value)) return "is not frozen";
	for (const inner of Object.values(value)) {
		const why = whyMutable(inner);
		if (why !== undefined) return `holds something that ${why}`;
	}
	return undefined;
}

function whyClassMutable(value: object): string | undefined {
	for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
		// Methods and `prototype` are not enumerable, a static field is.
		if (property.enumerable && property.writable) return `has the static field ${name}`;
	}
	return undefined;
}
