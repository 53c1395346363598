import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Plugin } from "esbuild";
import { buildWhole } from "../whole-files.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Modules that the host brings along. */
const HOST_MODULE = /^(timer|time|embedded:.*|mc\/.*|xs\/.*)$/;
/** The byte work in TypeScript, and the host module with the natives in its place. */
const BYTES = `${root}modules/bytes/bytes.ts`;
const NATIVE_BYTES = "modules/bytes/native/bytes";
/** Platform parts that are files of the project: this host's, and the simulators'. */
const PARTS: Readonly<Record<string, string>> = {
	"host-shim/platform/heap": `${root}host-shim/xs/heap.ts`,
	"host-shim/platform/network": `${root}host-shim/sdk/network.ts`,
	"host-shim/platform/system": `${root}host-shim/sdk/system.ts`,
};

const options: BuildOptions = {
	absWorkingDir: root,
	bundle: true,
	charset: "utf8",
	format: "esm",
	target: "es2022",
	logLevel: "error",
};

/** The file behind a specifier, or undefined when the host has the module. */
function fileOf(specifier: string, importer: string): string | undefined {
	if (HOST_MODULE.test(specifier)) return undefined;
	const file = PARTS[specifier] ?? resolve(dirname(importer), specifier.replace(/\.js$/, ".ts"));
	return file === BYTES ? undefined : file;
}

/** What the host calls the module when it has it. */
function hostName(specifier: string): string {
	return HOST_MODULE.test(specifier) ? specifier : NATIVE_BYTES;
}

/** Modules for XS, one file each. */
export interface XsModules {
	/** The entries' files, in the order given: to run. */
	entries: string[];
	/** The files of all that the entries import: preloaded, as the device's build does. */
	preload: string[];
}

/**
 * Translates modules and all that they import for XS, each into a file of its own in the same folders below `outdir`. That is
 * how the device's build has them, so they cost the same memory there and here when they are preloaded.
 * @throws Error for what esbuild finds wrong
 */
export async function modulesForXs(entries: string[], outdir: string): Promise<XsModules> {
	const output = (file: string) => resolve(outdir, relative(root, file).replace(/\.ts$/, ".js"));
	const found = new Set(entries.map((entry) => resolve(entry)));
	const plugin: Plugin = {
		name: "xs-modules",
		setup({ onResolve }) {
			onResolve({ filter: /./ }, ({ path, importer, kind }) => {
				if (kind === "entry-point") return undefined;
				const file = fileOf(path, importer);
				if (!file) return { path: hostName(path), external: true };
				found.add(file);
				const target = relative(dirname(importer), file).replace(/\.ts$/, ".js");
				return { path: target.startsWith(".") ? target : `./${target}`, external: true };
			});
		},
	};
	// Every round translates what the one before was the first to import.
	const done = new Set<string>();
	while (done.size < found.size) {
		const entryPoints = [...found].filter((file) => !done.has(file));
		for (const file of entryPoints) done.add(file);
		await buildWhole({ ...options, entryPoints, outdir, outbase: root, plugins: [plugin] });
	}
	const main = new Set(entries.map((entry) => resolve(entry)));
	return {
		entries: [...main].map(output),
		preload: [...found].filter((file) => !main.has(file)).map(output),
	};
}
