/*
 * The SDK's manifests name what they are to hold, file by file where it is preloaded: mcconfig 8.2.3 takes a `*` in `preload` for
 * JavaScript modules alone, and passes over TypeScript ones in silence.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual, equal } from "../support/assert.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Manifest {
	readonly modules: Readonly<Record<string, unknown>>;
	readonly preload: readonly string[];
	readonly config: Readonly<Record<string, unknown>>;
}

async function readManifest(path: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(root, path), "utf8"));
}

/** The TypeScript modules right in a folder, as specifiers below `specifier`. */
async function modulesIn(folder: string, specifier = folder): Promise<string[]> {
	const names = await readdir(join(root, folder));
	return names
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
		.map((name) => `${specifier}/${name.slice(0, -3)}`)
		.sort();
}

async function foldersIn(folder: string): Promise<string[]> {
	const entries = await readdir(join(root, folder), { withFileTypes: true });
	return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}

describe("Manifests", () => {
	it("hold and preload every module of the firmware", async () => {
		const { modules, preload } = await readManifest("modules/manifest.json");
		const expected = ["modules/bytes/bytes"];
		for (const folder of await foldersIn("modules")) {
			// On XS the byte work is the native one, under the same specifier.
			if (folder === "modules/bytes") continue;
			const inFolder = await modulesIn(folder);
			if (inFolder.length > 0) equal(modules[`${folder}/*`], `./${folder.slice("modules/".length)}/*`);
			expected.push(...inFolder);
		}
		deepEqual([...preload].sort(), expected.sort());
	});

	it("preload every platform part", async () => {
		const { preload } = await readManifest("boards/esp32/manifest.json");
		const own = preload.filter((specifier) => specifier.startsWith("host-shim/"));
		deepEqual([...own].sort(), await modulesIn("boards/esp32", "host-shim/platform"));
	});

	it("hold every unit spec", async () => {
		const { modules } = await readManifest("tests/device/manifest.json");
		const folders: string[] = [];
		for (const folder of await foldersIn("tests/unit")) {
			if ((await modulesIn(folder)).length > 0) folders.push(`${folder}/*`);
		}
		deepEqual(
			Object.keys(modules).filter((specifier) => specifier.startsWith("tests/unit/")),
			folders.sort(),
		);
	});

	it("give the firmware the version of the package", async () => {
		const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
		equal((await readManifest("manifest.json")).config.firmware, version);
	});
});
