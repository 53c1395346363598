import { readFileSync } from "node:fs";
import { deepEqual, equal, ok } from "../support/assert.js";

const MB = 0x100000;

/** Offset and size of each partition of a table, bytes. */
function partitions(path: string): Map<string, { offset: number; size: number }> {
	const found = new Map<string, { offset: number; size: number }>();
	for (const line of readFileSync(new URL(`../../${path}`, import.meta.url), "utf8").split("\n")) {
		if (line.trim() === "" || line.startsWith("#")) continue;
		const [name = "", , , offset, size] = line.split(",").map((field) => field.trim());
		found.set(name, { offset: Number(offset), size: Number(size) });
	}
	return found;
}

describe("Partition tables", () => {
	const k1 = partitions("boards/k1/partitions.csv");
	const specs = partitions("tests/device/partitions/partitions.csv");

	it("fill 8 MB without a gap or an overlap behind the bootloader's part", () => {
		for (const table of [k1, specs]) {
			const apps = [...table].filter(([name]) => name.startsWith("app"));
			ok(apps.every(([, { offset }]) => offset % 0x10000 === 0));
			const [first] = apps;
			let end = first?.[1].offset ?? 0;
			for (const { offset, size } of [...apps.map(([, place]) => place), table.get("patterns") ?? first[1]]) {
				equal(offset, end);
				end = offset + size;
			}
			equal(end, 8 * MB);
		}
	});

	it("let the unit specs run where the patterns, the network and the start's choice are kept", () => {
		for (const name of ["nvs", "otadata", "patterns"]) deepEqual(specs.get(name), k1.get(name));
		equal(specs.get("app0")?.offset, k1.get("app0")?.offset);
		equal(specs.get("app0")?.size, 3 * MB);
	});

	it("are the specs' own in their build: mcconfig takes the table of the manifest that is included last", () => {
		const manifest = new URL("../../tests/device/manifest.json", import.meta.url);
		const { platforms } = JSON.parse(readFileSync(manifest, "utf8"));
		for (const platform of ["esp32", "esp32/*"]) {
			equal(platforms[platform].include.at(-1), "./partitions/manifest.json");
		}
	});
});
