/**
 * Builds the package into client/dist: the library for Node and for browsers, the command line with all that it needs in one
 * file, the types, and the licenses of what is in that file.
 */
import { execFileSync } from "node:child_process";
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = join(folder, "..");

const library: BuildOptions = {
	absWorkingDir: folder,
	entryPoints: ["src/index.ts"],
	bundle: true,
	format: "esm",
	target: "es2022",
	sourcemap: "linked",
	logLevel: "error",
};

/** What commander and others need that were written for `require`. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** The folders of the packages that went into a bundle. */
function packagesOf({ inputs }: Metafile): string[] {
	const folders = Object.keys(inputs).map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
	return [...new Set(folders.filter((found) => found !== undefined))].sort();
}

/** The licenses of packages, one after the other. @throws Error for one that has none */
function licensesOf(packages: readonly string[]): string {
	const parts = packages.map((path) => {
		const { name, version } = JSON.parse(readFileSync(join(folder, path, "package.json"), "utf8"));
		const file = readdirSync(join(folder, path)).find((each) => /^licen[cs]e/i.test(each));
		if (file === undefined) throw new Error(`${name} has no license file`);
		return `${name} ${version}\n\n${readFileSync(join(folder, path, file), "utf8").trim()}\n`;
	});
	return parts.join(`\n${"-".repeat(60)}\n\n`);
}

/** Writes the declarations of what the library exports. */
function writeTypes(to: string): void {
	const all = join(to, "all");
	const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
	const args = ["-p", join(folder, "tsconfig.types.json"), "--rootDir", root, "--outDir", all];
	execFileSync(process.execPath, [tsc, ...args], { stdio: "inherit" });
	const declared = join(all, "client", "src");
	const wanted = ["index.d.ts"];
	for (let i = 0; i < wanted.length; i++) {
		const text = readFileSync(join(declared, wanted[i]), "utf8");
		for (const [, name] of text.matchAll(/from "\.\/([\w-]+)\.js"/g)) {
			if (!wanted.includes(`${name}.d.ts`)) wanted.push(`${name}.d.ts`);
		}
		if (/from "(?!\.\/)/.test(text)) throw new Error(`${wanted[i]} has types that the package does not have`);
	}
	for (const file of wanted) cpSync(join(declared, file), join(to, file));
	rmSync(all, { recursive: true });
}

/** Builds everything. What is in dist is there whole or not at all: two builds at once do no harm. */
async function buildPackage(): Promise<void> {
	mkdirSync(join(root, "build"), { recursive: true });
	const to = mkdtempSync(join(root, "build", "client-"));
	await build({ ...library, outfile: join(to, "index.js"), platform: "node", external: ["ws"] });
	await build({ ...library, outfile: join(to, "browser.js"), platform: "browser" });
	const { metafile } = await build({
		...library,
		entryPoints: ["cli/k1.ts"],
		outfile: join(to, "k1.js"),
		platform: "node",
		target: "node20",
		external: ["ws"],
		banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
		sourcemap: false,
		metafile: true,
	});
	writeFileSync(join(to, "LICENSES-of-k1.txt"), licensesOf(packagesOf(metafile)));
	writeTypes(to);
	const dist = join(folder, "dist");
	if (existsSync(dist)) rmSync(dist, { recursive: true });
	chmodSync(to, 0o755);
	renameSync(to, dist);
}

await buildPackage();
