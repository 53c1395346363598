import { copyFileSync } from "node:fs";
import { K1Client } from "../../tests/integration/support/k1-client.js";
import { FlashFolder } from "../../tests/integration/support/simulator.js";
import { ENGINES, type Engine, firmware, Program } from "../program.js";
import type { Bar, Section } from "../report/section.js";
import { interleave, spread } from "../spread.js";
import { UploadError, upload } from "../upload.js";

const SIZE = 512_000;
const PATTERN = Buffer.alloc(SIZE, 0x5a);
/** Patterns that are replaced, one after the other, on each kind of flash. */
const NAMES = { rested: 7, dirty: 7, full: 8 } as const;
/** Uploads after which all that was erased of a fresh flash is used up. */
const USED_UP = 12;

/** A flash, and who writes to it. */
interface Case {
	readonly name: string;
	/** What is on the flash before. */
	readonly state: keyof typeof NAMES;
	readonly timing: "w25q64" | "w25q64-max";
	readonly writers: 1 | 2;
	/** Uploads of 512,000 bytes that each writer makes. */
	readonly uploads: number;
}

const CASES: readonly Case[] = [
	{ name: "rested, one writer", state: "rested", timing: "w25q64", writers: 1, uploads: 6 },
	{ name: "rested, two writers", state: "rested", timing: "w25q64", writers: 2, uploads: 3 },
	{ name: "dirty, one writer", state: "dirty", timing: "w25q64", writers: 1, uploads: 40 },
	{ name: "dirty, two writers", state: "dirty", timing: "w25q64", writers: 2, uploads: 4 },
	{ name: "full but for 800 KB, one writer", state: "full", timing: "w25q64", writers: 1, uploads: 6 },
	{ name: "rested, one writer, largest figures", state: "rested", timing: "w25q64-max", writers: 1, uploads: 1 },
	{ name: "dirty, one writer, largest figures", state: "dirty", timing: "w25q64-max", writers: 1, uploads: 1 },
];

/** Makes the images that the cases begin with, on a flash that takes no time: on each of them nothing is erased ahead any more. */
async function prepare(folder: FlashFolder): Promise<Readonly<Record<Case["state"], string>>> {
	const images = { rested: folder.fresh(), dirty: folder.fresh(), full: folder.fresh() };
	for (const state of ["dirty", "full"] as const) {
		const k1 = await new Program(await firmware("xs", { flash: images[state] })).ready();
		const client = await K1Client.connect(k1.url);
		for (let i = 0; i < USED_UP; i++) await upload(client, `pattern ${i % NAMES[state]}`, PATTERN);
		await client.close();
		await k1.stop();
	}
	const k1 = await new Program(await firmware("xs", { flash: images.rested })).ready();
	await k1.stop();
	return images;
}

/** Uploads onto a flash with a chip's timing; returns KB/s, all writers together. */
async function measure(
	engine: Engine,
	one: Case,
	image: string,
	folder: FlashFolder,
	uploads: number,
): Promise<number> {
	const flash = folder.fresh();
	copyFileSync(image, flash);
	const k1 = await new Program(await firmware(engine, { flash, timing: one.timing })).ready();
	const clients = [await K1Client.connect(k1.url)];
	if (one.writers === 2) clients.push(await K1Client.connect(k1.url));
	try {
		let next = USED_UP;
		const start = performance.now();
		await Promise.all(
			clients.map(async (client) => {
				for (let done = 0; done < uploads; done++) {
					await upload(client, `pattern ${next++ % NAMES[one.state]}`, PATTERN);
				}
			}),
		);
		return (one.writers * uploads * SIZE) / (performance.now() - start);
	} finally {
		for (const client of clients) client.socket.terminate();
		await k1.stop();
	}
}

/** Uploads onto a flash with a real chip's timing: what the flash takes is most of it. */
export async function measureFlash(short: boolean): Promise<Section> {
	const folder = new FlashFolder();
	const rates = new Map<string, number[]>();
	/** What went wrong, if anything did: it goes into the table too. */
	const failures = new Map<string, string>();
	const key = (engine: Engine, { name }: Case) => `${engine} ${name}`;
	try {
		const images = await prepare(folder);
		const works = CASES.flatMap((one) =>
			ENGINES.map((engine) => async () => {
				const before = rates.get(key(engine, one)) ?? [];
				// What takes minutes is measured once; the flash decides it, and that takes the same time always.
				if (before.length > 0 && (one.timing === "w25q64-max" || one.uploads > 10)) return;
				const uploads = short ? 1 : engine === "node" ? Math.min(one.uploads, 8) : one.uploads;
				try {
					rates.set(key(engine, one), [...before, await measure(engine, one, images[one.state], folder, uploads)]);
				} catch (error) {
					if (!(error instanceof UploadError)) throw error;
					failures.set(key(engine, one), error.message);
				}
			}),
		);
		await interleave(short ? 1 : 3, works);
	} finally {
		folder.remove();
	}
	const of = (engine: Engine, one: Case) => rates.get(key(engine, one)) ?? [];
	const show = (engine: Engine, one: Case) =>
		[of(engine, one).length > 0 ? spread(of(engine, one)) : "", failures.get(key(engine, one)) ?? ""].join(" ").trim();
	const bars: Bar[] = ENGINES.flatMap((engine) =>
		CASES.filter((one) => of(engine, one).length > 0).map((one) => {
			const values = of(engine, one);
			const [least, most] = [Math.min(...values), Math.max(...values)];
			const value = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
			return { group: engine === "xs" ? "XS" : "Node", name: one.name, value, least, most, own: true };
		}),
	);
	return {
		title: "Uploads onto timed flash",
		text: `Uploads of 512,000 bytes in 4,093-byte chunks, each in the place of the one that is oldest, onto a flash that takes as long as a W25Q64: typically 0.4 ms a page, 45 ms to erase a sector, 150 ms for a block of 16; at the most 3 ms, 400 ms and 2,000 ms. Rested: all is erased; typically 640 KB/s is the limit then. Dirty: nothing is erased, as after as many uploads without a pause; the limit is 76 KB/s where sectors are erased one by one, 256 KB/s where blocks are. KB/s of all writers together; three runs, but one of what takes minutes: 20 MB onto dirty flash on XS, and the largest figures. There is no littlefs beside it: its sources are neither on npm nor in Debian.`,
		head: ["flash", "XS, KB/s", "Node, KB/s"],
		rows: CASES.map((one) => [one.name, ...ENGINES.map((engine) => show(engine, one))]),
		chart: { file: "flash", alt: "KB/s onto each kind of flash, on both engines", label: "KB/s", bars },
	};
}
