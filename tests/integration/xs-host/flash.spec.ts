import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { equal, ok } from "../../support/assert.js";
import { Programs } from "./program.js";

const OPEN = 'import flash from "embedded:storage/flash"; const f = flash.open({ path: "patterns", mode: "r+" });';
const UPDATE = `${OPEN} f.eraseBlock(0); f.write(new Uint8Array(4096).fill(0x55), 0);`;

describe("the XS host's flash", () => {
	const programs = new Programs();
	const image = join(programs.folder, "flash.bin");
	before(() => programs.build());
	after(() => programs.remove());

	it("makes an erased image when there is none", async () => {
		const run = await programs.runText(`${OPEN} trace(JSON.stringify(f.status()));`, "--flash", image);
		equal(run.output, '{"size":5111808,"blocks":1248,"blockLength":4096}');
		ok(readFileSync(image).every((byte) => byte === 0xff));
	});

	it("keeps what is written", async () => {
		const text = `${UPDATE} f.write(new Uint8Array([0x11]), 1); f.close();`;
		equal((await programs.runText(text, "--flash", image)).code, 0);
		equal(readFileSync(image).subarray(0, 3).toString("hex"), "551155");
	});

	it("ends with 71 when a program would set a bit, and changes nothing", async () => {
		const run = await programs.runText(`${OPEN} f.write(new Uint8Array([0, 0xff]), 0);`, "--flash", image);
		equal(run.code, 71);
		ok(run.errors.includes("0x11 to 0xff at 0x1"), run.errors);
		equal(readFileSync(image).subarray(0, 3).toString("hex"), "551155");
	});

	for (const [how, done] of [
		["none", 0],
		["half", 2048],
		["almost", 4095],
	] as const) {
		it(`cuts the power at an operation, with ${how} of it done`, async () => {
			const run = await programs.runText(UPDATE, "--flash", image, "--flash-cut", `2:${how}`);
			equal(run.code, 70);
			ok(run.errors.includes(`power cut at operation 2, torn: ${how}`), run.errors);
			const sector = readFileSync(image).subarray(0, 4096);
			ok(sector.subarray(0, done).every((byte) => byte === 0x55));
			ok(sector.subarray(done).every((byte) => byte === 0xff));
		});
	}

	it("takes the time that the chip takes", async () => {
		const text = `import Time from "time"; ${OPEN} const t = Time.ticks;
			f.eraseBlock(16, 33); f.write(new Uint8Array(1024), 65536); trace(Time.ticks - t);`;
		const { output } = await programs.runText(text, "--flash", image, "--flash-timing", "w25q64");
		ok(Number(output) >= 196, output); // 150 for 16 sectors, 45 for one, 1.6 for four pages
	});

	it("makes an image with a path of any length, and nothing else", async () => {
		for (const length of [390, 400, 450, 1000]) {
			let folder = join(programs.folder, `of ${length}`);
			while (folder.length < length - 200)
				folder = join(folder, "d".repeat(Math.min(200, length - 101 - folder.length)));
			mkdirSync(folder, { recursive: true });
			const long = join(folder, "n".repeat(length - folder.length - 1));
			equal(long.length, length);
			// Others whose paths are the image's, cut short.
			const others = [300, 398, 399, 400, 449].filter((at) => at > folder.length + 1 && at < length);
			for (const at of others) writeFileSync(long.slice(0, at), "another file");
			const run = await programs.runText(OPEN, "--flash", long);
			equal(run.code, 0, run.errors);
			equal(statSync(long).size, 5_111_808);
			for (const at of others) equal(readFileSync(long.slice(0, at), "utf8"), "another file");
			equal(readdirSync(folder).length, 1 + others.length);
		}
	});

	it("says why it cannot make an image, however long its path is", async () => {
		const run = await programs.runText(OPEN, "--flash", join(programs.folder, "n".repeat(300)));
		equal(run.code, 66);
		ok(/cannot open the flash image .*n: .*too long/i.test(run.errors), run.errors);
		equal((await programs.runText(OPEN, "--flash", join(programs.folder, "d/".repeat(3000)))).code, 66);
	});

	it("refuses an image of another size and leaves it alone", async () => {
		truncateSync(image, 100);
		const run = await programs.runText(OPEN, "--flash", image);
		equal(run.code, 66);
		equal(statSync(image).size, 100);
	});
});
