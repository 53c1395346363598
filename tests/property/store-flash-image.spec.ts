import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	eraseTime,
	NorFlashFile,
	PARTITION_SIZE,
	programTime,
	type Torn,
} from "../../host-shim/node/nor-flash-file.js";
import { MemoryPool } from "../../modules/core/memory-pool.js";
import { MAX_PATTERN_SIZE } from "../../modules/storage/geometry.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { deepEqual, equal, ok, throws } from "../support/assert.js";
import { ascii, pattern, rest } from "../support/store.js";

function says(text: string): (error: unknown) => boolean {
	return (error) => (error as Error).message.includes(text);
}

describe("flash image on Node", function () {
	this.timeout(30_000);
	const folder = mkdtempSync(join(tmpdir(), "k1-flash-"));
	const file = join(folder, "flash.bin");
	const small = 4 * 4096;

	beforeEach(() => rmSync(file, { force: true }));
	after(() => rmSync(folder, { recursive: true }));

	it("is made blank, in the partition's size", () => {
		const flash = new NorFlashFile({ file });
		deepEqual(flash.status(), { size: 0x4e0000, blocks: 1248, blockLength: 4096 });
		equal(statSync(file).size, PARTITION_SIZE);
		ok(readFileSync(file).every((byte) => byte === 0xff));
		flash.close();
	});

	it("refuses an image of another size and leaves it alone", () => {
		writeFileSync(file, "not a flash");
		throws(() => new NorFlashFile({ file }), says("is 11 bytes, not 5111808"));
		equal(readFileSync(file, "latin1"), "not a flash");
	});

	it("keeps what was written and erased, at once", () => {
		const flash = new NorFlashFile({ file, size: small });
		flash.write(ascii("pattern"), 4090);
		equal(readFileSync(file).toString("latin1", 4090, 4097), "pattern");
		const view = new Uint8Array(7);
		equal(flash.read(view, 4090), 7);
		deepEqual(view, ascii("pattern"));
		flash.eraseBlock(1, 2);
		equal(readFileSync(file).toString("latin1", 4090, 4097), "patter\u00ff");
		deepEqual(Array.from(flash.erases), [0, 1, 0, 0]);
		flash.close();
	});

	it("takes a program that clears bits and refuses one that would set any", () => {
		const flash = new NorFlashFile({ file, size: small });
		flash.write(Uint8Array.from([0xf0]), 5);
		flash.write(Uint8Array.from([0xff, 0x30]), 4);
		equal(readFileSync(file)[5], 0x30);
		throws(() => flash.write(Uint8Array.from([0x0f]), 5), says("0x30 to 0xf at 0x5"));
		equal(readFileSync(file)[5], 0x30);
		flash.close();
	});

	it("refuses ranges outside the partition", () => {
		const flash = new NorFlashFile({ file, size: small });
		throws(() => flash.read(new Uint8Array(2), small - 1), says("outside"));
		throws(() => flash.write(new Uint8Array(1), -1), says("outside"));
		throws(() => flash.eraseBlock(3, 5), says("outside"));
		throws(() => flash.eraseBlock(2, 1), says("outside"));
		flash.close();
	});

	it("cuts the power at the operation asked for and leaves it torn", () => {
		const done: Record<Torn, number> = { none: 0, half: 3, almost: 6 };
		for (const torn of ["none", "half", "almost"] as Torn[]) {
			rmSync(file, { force: true });
			const flash = new NorFlashFile({ file, size: small, cut: { at: 3, torn } });
			flash.eraseBlock(0, 1);
			flash.write(new Uint8Array(10), 4096);
			throws(() => flash.write(new Uint8Array(7), 0), says(`power cut at operation 3, torn: ${torn}`));
			equal(readFileSync(file).subarray(0, 10).lastIndexOf(0) + 1, done[torn]);
			flash.close();
			const erasing = new NorFlashFile({ file, size: small, cut: { at: 2, torn } });
			throws(() => erasing.eraseBlock(0, 3), says("power cut at operation 2"));
			equal(readFileSync(file).subarray(4096, 4106).indexOf(0), torn === "none" ? 0 : -1);
			erasing.close();
		}
	});

	it("knows the data sheet's times", () => {
		const near = (value: number, expected: number) =>
			ok(Math.abs(value - expected) < 1e-9, `${value}, not ${expected}`);
		near(programTime(0, 256), 0.03 + 256 * 0.00145);
		near(programTime(255, 2), 2 * 0.03 + 2 * 0.00145);
		near(programTime(100, 4093), 17 * 0.03 + 4093 * 0.00145);
		equal(eraseTime(5, 6), 45);
		equal(eraseTime(16, 32), 150);
		equal(eraseTime(15, 33), 150 + 2 * 45);
		equal(eraseTime(17, 33), 16 * 45);
	});

	it("blocks for so long when timed", () => {
		const flash = new NorFlashFile({ file, size: small, timing: "w25q64" });
		const start = performance.now();
		flash.eraseBlock(0, 2);
		flash.write(new Uint8Array(4096), 0);
		const took = performance.now() - start;
		ok(took >= 90 + programTime(0, 4096), `took ${took} ms`);
		flash.close();
	});

	it("blocks for the chip's largest figures when those are asked for", () => {
		const flash = new NorFlashFile({ file, size: small, timing: "w25q64-max" });
		const start = performance.now();
		flash.eraseBlock(0);
		flash.write(new Uint8Array(256), 0);
		const took = performance.now() - start;
		ok(took >= 400 + 2.99 && took < 600, `took ${took} ms`);
		flash.close();
	});

	it("holds patterns of the largest size, and no larger", () => {
		const flash = new NorFlashFile({ file });
		const store = new PatternStore(flash, new MemoryPool(2), { cacheBlocks: 2, requirePrism: false });
		const writer = store.writer();
		const bytes = pattern(MAX_PATTERN_SIZE, 1);
		const add = (name: string, size: number) => {
			writer.begin(ascii(name), 0, name.length, -1, -1);
			for (let at = 0; at < size; at += 4093) writer.append(bytes, at, Math.min(at + 4093, size));
		};
		add("largest", MAX_PATTERN_SIZE);
		writer.validate();
		writer.commit();
		throws(() => {
			add("too large", MAX_PATTERN_SIZE);
			writer.append(bytes, 0, 1);
		}, says("over 524288"));
		equal(store.usedBytes, MAX_PATTERN_SIZE);
		rest(store);
		const again = new PatternStore(flash, new MemoryPool(2), { cacheBlocks: 2, requirePrism: false });
		const reader = again.open(ascii("largest"), 0, 7)!;
		let steps = 1;
		while (reader.verifyStep() === "more") steps++;
		equal(steps, 128);
		ok(reader.verified);
		flash.close();
	});

	it("takes its settings from the environment and ends the process at a cut and at a breach", () => {
		const run = (program: string, settings: Record<string, string>) => {
			const source = `import flash from "./host-shim/node/flash.ts"; const f = flash.open({path: "patterns"}); ${program}`;
			const options = { env: { ...process.env, K1_FLASH: file, ...settings }, encoding: "utf8" as const };
			return spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], options);
		};
		const cut = run("f.eraseBlock(0, 2); f.write(new Uint8Array(8), 0);", { K1_FLASH_CUT: "3:almost" });
		equal(cut.stderr, "K1 flash: power cut at operation 3, torn: almost\n");
		equal(cut.status, 70);
		equal(readFileSync(file)[6], 0);
		equal(readFileSync(file)[7], 0xff);
		const breach = run("f.write(new Uint8Array([1]), 0);", {});
		equal(breach.status, 71);
		ok(breach.stderr.startsWith("K1 flash: a program would set bits"));
		equal(run("", { K1_FLASH_CUT: "x" }).status, 2);
	});
});
