import { copyFileSync } from "node:fs";
import { encodePattern } from "../../modules/pattern/encoder/encode.js";
import { CONTROL, LIST, STATUS } from "../../modules/tlv/frame.js";
import { K1Client } from "../../tests/integration/support/k1-client.js";
import { FlashFolder } from "../../tests/integration/support/simulator.js";
import { percentile } from "../percentile.js";
import { ENGINES, type Engine, firmware, Program } from "../program.js";
import type { Bar, Section } from "../report/section.js";
import { keepAsking, upload } from "../upload.js";

const PATTERN = Buffer.alloc(512_000, 0x5a);
/** Time in which the store erases all that there is to be erased, ms: 2 s of quiet come first. */
const SETTLING = 4000;
/** Patterns in the list. */
const LISTED = 20;

type Question = "STATUS" | "LIST" | "page";
const QUESTIONS: readonly Question[] = ["STATUS", "LIST", "page"];

/** What the K1 does meanwhile. */
interface Load {
	readonly name: string;
	/** Does it until told to stop. */
	readonly work: (client: K1Client, stopped: () => boolean) => Promise<void>;
	/** Whether all that is erased of the flash is used up before. */
	readonly dirty: boolean;
}

const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

async function uploads(client: K1Client, stopped: () => boolean): Promise<void> {
	while (!stopped()) await upload(client, "load", PATTERN);
}

const LOADS: readonly Load[] = [
	{
		name: "nothing",
		dirty: false,
		work: async (_, stopped) => {
			while (!stopped()) await wait(10);
		},
	},
	{ name: "another uploads onto erased flash", dirty: false, work: uploads },
	{ name: "another uploads onto flash to be erased", dirty: true, work: uploads },
	{
		name: "the store erases by itself",
		dirty: true,
		work: async (_, stopped) => {
			while (!stopped()) await wait(10);
		},
	},
	{
		name: "a pattern plays at 60 frames a second",
		dirty: false,
		work: async (client, stopped) => {
			await client.put("light", light());
			await client.ask(CONTROL, Buffer.from("\x01light", "latin1"));
			while (!stopped()) await wait(10);
		},
	},
];

/** Frames of which no two LEDs are alike. */
function light(): Uint8Array {
	const frames = Array.from({ length: 60 }, (_, at) =>
		Uint8Array.from({ length: 480 }, (__, i) => ((i % 3) * 80 + i + 4 * at) & 0xf0),
	);
	return encodePattern({ leds: 160, fps: 60, frames });
}

/** Answers' times, ms, of each question, while the K1 is busy with something. */
async function measure(engine: Engine, { work, dirty }: Load, seconds: number): Promise<Map<Question, number[]>> {
	const folder = new FlashFolder();
	const flash = folder.fresh();
	const times = new Map<Question, number[]>();
	try {
		// What is on the flash is put there without its timing.
		const before = await new Program(await firmware("xs", { flash })).ready();
		const writer = await K1Client.connect(before.url);
		for (let i = 0; i < LISTED; i++) await writer.put(`pattern ${i}`, PATTERN.subarray(0, 2000));
		if (dirty) for (let i = 0; i < 11; i++) await writer.put("load", PATTERN);
		await writer.close();
		await before.stop();
		for (const question of QUESTIONS) {
			// Onto erased flash there is room for some seconds only: each question has its own.
			const copy = folder.fresh();
			copyFileSync(flash, copy);
			const k1 = await new Program(await firmware(engine, { flash: copy, timing: "w25q64" })).ready();
			const [busy, asker] = [await K1Client.connect(k1.url), await K1Client.connect(k1.url)];
			// In quiet the store erases what was given back; where that is not to be measured, it is done before.
			if (!dirty) await wait(SETTLING);
			let over = false;
			const load = work(busy, () => over);
			await wait(300);
			const until = performance.now() + 1000 * seconds;
			const ask = async (): Promise<unknown> => {
				if (question === "STATUS") return asker.ask(STATUS);
				if (question === "LIST") return asker.ask(LIST);
				return (await fetch(`http://127.0.0.1:${k1.port}/`)).arrayBuffer();
			};
			times.set(question, await keepAsking(ask, () => performance.now() > until));
			over = true;
			await Promise.race([load, wait(500)]);
			load.catch(() => {});
			await k1.stop();
		}
	} finally {
		folder.remove();
	}
	return times;
}

/** How long answers take while the K1 has other things to do. */
export async function measureLatency(short: boolean): Promise<Section> {
	const seconds = short ? 1 : 6;
	const rows: string[][] = [];
	const bars: Bar[] = [];
	for (const load of LOADS) {
		for (const engine of ENGINES) {
			const times = await measure(engine, load, seconds);
			const cells = QUESTIONS.map((question) => {
				const all = times.get(question) ?? [];
				const [median, most, worst] = [0.5, 0.99, 1].map((share) => percentile(all, share));
				if (engine === "xs")
					bars.push({ group: question, name: load.name, value: most, least: median, most: worst, own: true });
				return [median, most, worst].map((value) => value.toFixed(1)).join(" / ");
			});
			rows.push([`${load.name}, ${engine}`, ...cells]);
		}
	}
	return {
		title: "Answers while it has other things to do",
		text: `A second client asks, waits for the answer and 5 ms more, for ${seconds} s each; the flash takes a chip's typical time. LIST is of ${LISTED} patterns, the page a whole request on a connection of its own. Median / 99th percentile / worst, ms. In the chart: XS, the bar up to the 99th percentile, the line from the median to the worst.`,
		head: ["meanwhile", ...QUESTIONS],
		rows,
		chart: {
			file: "latency",
			alt: "ms that answers take on XS while it does other things",
			label: "ms, 99th percentile",
			bars: order(bars),
		},
	};
}

/** Panels one after the other. */
function order(bars: readonly Bar[]): Bar[] {
	return QUESTIONS.flatMap((question) => bars.filter(({ group }) => group === question));
}
