import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Plugin } from "esbuild";
import { buildWhole } from "../whole-files.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Modules that the host brings along. */
const HOST_MODULE = /^(timer|time|Resource|embedded:.*|mc\/.*|xs\/.*)$/;
/** Loops over bytes in TypeScript, and the host modules with the natives in their place. */
const NATIVES: Readonly<Record<string, string>> = {
	[`${root}modules/bytes/bytes.ts`]: "modules/bytes/native/bytes",
	[`${root}modules/http/field-values.ts`]: "modules/http/native/field-values",
	[`${root}modules/pattern/decode.ts`]: "modules/pattern/native/decode",
	[`${root}modules/storage/list.ts`]: "modules/storage/native/list",
	[`${root}modules/playback/render.ts`]: "modules/playback/native/render",
	[`${root}modules/websocket/headers.ts`]: "modules/websocket/native/headers",
};
/** Platform parts that are files of the project: this host's, and the simulators'. */
const PARTS: Readonly<Record<string, string>> = {
	"host-shim/platform/heap": `${root}host-shim/xs/heap.ts`,
	"host-shim/platform/leds": `${root}host-shim/xs/leds.ts`,
	"host-shim/platform/page": `${root}host-shim/sdk/page.ts`,
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

/** Where an import leads: to a file of the project, or to a module that the host has under a name. */
export type Target = { readonly file: string } | { readonly host: string };

/** Where imports lead on the XS host. */
export function targetOnXs(specifier: string, importer: string): Target {
	if (HOST_MODULE.test(specifier)) return { host: specifier };
	const file = PARTS[specifier] ?? fileBeside(specifier, importer);
	const host = NATIVES[file];
	return host === undefined ? { file } : { host };
}

/** The file that a relative import means. */
export function fileBeside(specifier: string, importer: string): string {
	return resolve(dirname(importer), specifier.replace(/\.js$/, ".ts"));
}

/** Translated modules, one file each. */
export interface Translated {
	/** The entries' files, in the order given: to run. */
	entries: string[];
	/** The files of all that the entries import: preloaded on XS, as the device's build does. */
	preload: string[];
}

/**
 * Translates modules and all that they import, each into a file of its own in the same folders below `outdir`. That is
 * how the device's build has them, so they cost the same memory there and here when they are preloaded.
 * @throws Error for what esbuild finds wrong
 */
export async function translateModules(
	entries: readonly string[],
	outdir: string,
	target: (specifier: string, importer: string) => Target,
): Promise<Translated> {
	const output = (file: string) => resolve(outdir, relative(root, file).replace(/\.ts$/, ".js"));
	const found = new Set(entries.map((entry) => resolve(entry)));
	const plugin: Plugin = {
		name: "modules",
		setup({ onResolve }) {
			onResolve({ filter: /./ }, ({ path, importer, kind }) => {
				if (kind === "entry-point") return undefined;
				const to = target(path, importer);
				if ("host" in to) return { path: to.host, external: true };
				found.add(to.file);
				const beside = relative(dirname(importer), to.file).replace(/\.ts$/, ".js");
				return { path: beside.startsWith(".") ? beside : `./${beside}`, external: true };
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

/** Translates modules for the XS host. @throws Error for what esbuild finds wrong */
export function modulesForXs(entries: readonly string[], outdir: string): Promise<Translated> {
	return translateModules(entries, outdir, targetOnXs);
}
