import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildForNode } from "../../host-shim/simulator/build.js";
import { modulesForXs } from "../../host-shim/xs/bundle.js";
import { equal, ok } from "../support/assert.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Whoever has a file open while it is built again must not see it change: so the file of before, under a second name, is looked
 * at after the build.
 */
async function staysWhole(file: string, build: () => Promise<unknown>): Promise<void> {
	const before = `${file}.before`;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, "of before");
	rmSync(before, { force: true });
	linkSync(file, before);
	await build();
	equal(readFileSync(before, "utf8"), "of before");
	ok(readFileSync(file, "utf8").includes("appendClose"));
	rmSync(before);
}

describe("builds at the same time", () => {
	const folder = mkdtempSync(join(tmpdir(), "k1-build-"));
	after(() => rmSync(folder, { recursive: true }));

	it("read whole files of each other, on xs", () =>
		staysWhole(join(folder, "modules/websocket/endpoint.js"), () => modulesForXs([`${root}main.ts`], folder)));

	it("read whole files of each other, on node", () =>
		staysWhole(join(root, "build/node/main.mjs"), () => buildForNode()));
});
