/*
 * The SDK's manifests name what they are to hold, file by file where it is preloaded: mcconfig 8.2.3 takes a `*` in `preload` for
 * JavaScript modules alone, and passes over TypeScript ones in silence.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual, equal, ok } from "../support/assert.js";
import { entriesOf } from "./manifest-entries.js";
import { NEEDS, SDK_VERSION } from "./sdk-needs.js";

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

/** The modules in a folder that are natives on XS. */
async function twinsIn(folder: string): Promise<string[]> {
	const names = existsSync(join(root, folder, "native")) ? await readdir(join(root, folder, "native")) : [];
	return names.filter((name) => name.endsWith(".js")).map((name) => `${folder}/${name.slice(0, -3)}`);
}

async function foldersIn(folder: string): Promise<string[]> {
	const entries = await readdir(join(root, folder), { withFileTypes: true });
	return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}

/** What mcconfig is called with: a manifest and a platform. */
const BUILDS = [
	["manifest.json", "esp32"],
	["manifest.json", "lin"],
	["tests/device/manifest.json", "esp32"],
	["tests/device/manifest.json", "lin"],
] as const;

/** The project's C, JavaScript and TypeScript files behind a manifest's entries. */
async function filesOf(entries: readonly string[]): Promise<string[]> {
	const files: string[] = [];
	for (const entry of entries) {
		const folder = dirname(entry);
		const name = basename(entry);
		for (const file of await readdir(join(root, folder))) {
			const { name: stem, ext } = parse(file);
			if (/^\.(c|js|ts)$/.test(ext) && !file.endsWith(".d.ts") && (name === "*" || stem === name))
				files.push(join(folder, file));
		}
	}
	return [...new Set(files)];
}

function matches(text: string, pattern: RegExp): string[] {
	return [...text.matchAll(pattern)].map(([, name = ""]) => name);
}

describe("Manifests", () => {
	it("hold and preload every module of the firmware", async () => {
		const { modules, preload } = await readManifest("modules/manifest.json");
		const expected = ["modules/bytes/bytes"];
		for (const folder of await foldersIn("modules")) {
			// On XS the byte work is the native one, under the same specifier.
			if (folder === "modules/bytes") continue;
			for (const twin of await twinsIn(folder)) {
				equal(modules[twin], twin.replace(/^modules\/(\w+)/, "./$1/native"));
				ok((modules["~"] as string[]).includes(twin.replace(/^modules/, ".")), `${twin}.ts would come along`);
			}
			const inFolder = await modulesIn(folder);
			if (inFolder.length > 0) equal(modules[`${folder}/*`], `./${folder.slice("modules/".length)}/*`);
			expected.push(...inFolder);
		}
		deepEqual([...preload].sort(), expected.sort());
	});

	it("preload every platform part", async () => {
		const { preload } = await readManifest("boards/esp32/manifest.json");
		const own = preload.filter((specifier) => specifier.startsWith("host-shim/"));
		// These serve every build with the SDK.
		const shared = ["host-shim/platform/heap", "host-shim/platform/page"];
		const expected = [...(await modulesIn("boards/esp32", "host-shim/platform")), ...shared];
		deepEqual([...own].sort(), expected.sort());
	});

	for (const [path, platform] of BUILDS) {
		it(`of ${path} for ${platform} name all that the SDK's sources need of each other`, async () => {
			const { sdk } = await entriesOf(root, path, platform);
			for (const entry of sdk) {
				const needs = NEEDS[entry];
				ok(needs, `${entry}: read in the SDK ${SDK_VERSION} what it needs, and add that to sdk-needs.ts`);
				for (const need of needs) ok(sdk.includes(need), `${entry} needs ${need}`);
			}
		});

		it(`of ${path} for ${platform} name the C file of every native, and no native twice`, async () => {
			const { own } = await entriesOf(root, path, platform);
			const called: string[] = [];
			const defined: string[] = [];
			for (const file of await filesOf(own)) {
				const text = await readFile(join(root, file), "utf8");
				if (file.endsWith(".c")) defined.push(...matches(text, /^void (xs_\w+)\(xsMachine \*the\)$/gm));
				else called.push(...matches(text, /(?:@ |\bnative(?:<.+>)?\()"(xs_\w+)"/g));
			}
			ok(called.length > 0);
			deepEqual([...new Set(called)].sort(), defined.sort());
		});
	}

	it("have the ESP-IDF build the drivers that our C files use", async () => {
		// The SDK hands the components on from `platforms` alone (tools/mcmanifest.js, "dependency"); what is missing is missed by the linker.
		const components: Readonly<Record<string, string>> = { gpio: "esp_driver_gpio", spi_master: "esp_driver_spi" };
		const { platforms } = JSON.parse(await readFile(join(root, "boards/esp32/manifest.json"), "utf8"));
		const used: string[] = [];
		for (const name of await readdir(join(root, "boards/esp32"))) {
			if (!name.endsWith(".c")) continue;
			const text = await readFile(join(root, "boards/esp32", name), "utf8");
			used.push(...matches(text, /^#include "driver\/(\w+)\.h"$/gm).map((driver) => components[driver] ?? driver));
		}
		const named = platforms.esp32.dependency.map(({ idf }: { idf: string }) => idf);
		deepEqual([...new Set(used)].sort(), [...named].sort());
	});

	it("give the task's queue room for every connection twice over", async () => {
		// Each connection has at most one message in it, and one that is closed may still have its last; what is left is for
		// the listener, the two UDP sockets and the Wi-Fi driver's events.
		const { defines } = JSON.parse(await readFile(join(root, "boards/esp32/manifest.json"), "utf8"));
		const sdkconfig = await readFile(join(root, "boards/k1/sdkconfig.defaults"), "utf8");
		const connections = Number(/^CONFIG_LWIP_MAX_ACTIVE_TCP=(\d+)$/m.exec(sdkconfig)?.[1]);
		ok(defines.task.queueLength >= 2 * connections + 16);
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

	it("leave out of the specs' image what needs Node", async () => {
		const { modules } = await readManifest("tests/device/manifest.json");
		const left = modules["~"] as readonly string[];
		for (const name of await readdir(join(root, "tests/support"))) {
			const text = await readFile(join(root, "tests/support", name), "utf8");
			if (!/\bBuffer\b|\bprocess\.|"node:|"fast-check"/.test(text)) continue;
			ok(left.includes(`../support/${parse(name).name}`), name);
		}
	});

	it("give the firmware the version of the package", async () => {
		const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
		equal((await readManifest("manifest.json")).config.firmware, version);
	});
});
