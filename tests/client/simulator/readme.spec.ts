import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { equal, ok } from "../../support/assert.js";
import { prismFile } from "../../support/prism.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const readme = readFileSync(join(root, "client/README.md"), "utf8");
/** The examples, each a whole program, under the title of their section. */
const examples = readme
	.split(/^## /m)
	.slice(1)
	.flatMap((section) =>
		[...section.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => ({ title: section.split("\n")[0], code })),
	);

describe("the examples of client/README.md, each as it stands but for the address", () => {
	const folder = new FlashFolder();
	let simulator: Simulator;
	let place: string;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh(), "--flash-timing", "w25q64", "--token", "secret", "--log-level", "info");
		// Inside the project, where the package is found by its name.
		mkdirSync(join(root, "build"), { recursive: true });
		place = mkdtempSync(join(root, "build", "readme-"));
		writeFileSync(join(place, "aurora.prism"), prismFile({ frames: 48 }));
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
		rmSync(place, { recursive: true });
	});

	it("are there", () => ok(examples.length >= 5));

	for (const [i, { title, code }] of examples.entries()) {
		it(title, async () => {
			const file = join(place, `example-${i}.mjs`);
			const address = `127.0.0.1:${simulator.port}/?token=secret`;
			ok(code.includes('"prism-k1.local"'));
			writeFileSync(file, code.replaceAll('"prism-k1.local"', JSON.stringify(address)));
			const child = spawn(process.execPath, [file], { cwd: place, env: { ...process.env, FORCE_COLOR: "0" } });
			let stdout = "";
			let stderr = "";
			child.stdout.on("data", (data) => {
				stdout += data;
			});
			child.stderr.on("data", (data) => {
				stderr += data;
			});
			equal(await new Promise((resolve) => child.on("close", resolve)), 0, stderr);
			// What a line says that it prints, it prints, and in this order.
			const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
			const lines = stdout.split("\n");
			for (const text of expected) {
				const at = lines.indexOf(text);
				ok(at >= 0, `"${text}" is not in:\n${stdout}`);
				lines.splice(0, at + 1);
			}
		}).timeout(10_000);
	}
});
