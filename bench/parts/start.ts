import { CONTROL } from "../../modules/tlv/frame.js";
import { K1Client } from "../../tests/integration/support/k1-client.js";
import { FlashFolder } from "../../tests/integration/support/simulator.js";
import { solidFile } from "../../tests/support/prism.js";
import { ENGINES, firmware, Program } from "../program.js";
import type { Bar, Section } from "../report/section.js";
import { interleave, Samples } from "../spread.js";

type Figure = "ready" | "light";

/** Fills a flash with so many patterns, the last of which plays. */
async function prepare(flash: string, patterns: number): Promise<void> {
	const k1 = await new Program(await firmware("xs", { flash })).ready();
	const client = await K1Client.connect(k1.url);
	// Such that 64 of them fill the flash: the journal has pieces of all of it.
	const filler = Buffer.alloc(70_000, 0x5a);
	for (let i = 1; i < patterns; i++) await client.put(`pattern ${i}`, filler);
	if (patterns > 0) {
		await client.put("light", solidFile(["ffffff", "ff0000"], 60));
		await client.ask(CONTROL, Buffer.from("\x01light", "latin1"));
		// What plays is remembered a little later, lest every change be written.
		await new Promise((resolve) => setTimeout(resolve, 3000));
	}
	await client.close();
	await k1.stop();
}

/** From the start of the process until it serves, and until its LEDs show something. */
export async function measureStart(short: boolean): Promise<Section> {
	const folder = new FlashFolder();
	const cases = [
		["empty store", 0],
		["one pattern", 1],
		["64 patterns", 64],
	] as const;
	const rows: string[][] = [];
	const bars: Bar[] = [];
	try {
		const subjects = [];
		for (const [name, patterns] of cases) {
			const flash = folder.fresh();
			await prepare(flash, patterns);
			for (const engine of ENGINES) {
				const start = await firmware(engine, { flash, pictures: true });
				subjects.push({ name, engine, patterns, start, samples: new Samples<Figure>() });
			}
		}
		const works = subjects.map(({ start, patterns, samples }) => async () => {
			const program = new Program(start);
			const light = patterns > 0 ? program.firstLight() : Promise.resolve(0);
			await program.ready();
			samples.add({ ready: program.readyAfter, light: await light });
			await program.stop();
		});
		await interleave(short ? 1 : 11, works);
		for (const { name, engine, patterns, samples } of subjects) {
			rows.push([`${name}, ${engine}`, samples.show("ready"), patterns > 0 ? samples.show("light") : "dark"]);
			for (const [figure, what] of [
				["ready", "ready"],
				["light", "first frame of the last pattern"],
			] as const) {
				if (figure === "light" && patterns === 0) continue;
				const values = samples.of(figure);
				const [least, most] = [Math.min(...values), Math.max(...values)];
				bars.push({ group: `${what}, ${engine}`, name, value: samples.median(figure), least, most, own: true });
			}
		}
	} finally {
		folder.remove();
	}
	return {
		title: "Start",
		text: "From the start of the engine's process, built, to its ready line, and to the first picture of its LEDs that is not dark: the pattern that played last begins to fade in. Median, and from the least to the most, ms.",
		head: ["", "ready, ms", "first light, ms"],
		rows,
		chart: { file: "start", alt: "ms from the start until it serves and until it shines", label: "ms", bars },
	};
}
