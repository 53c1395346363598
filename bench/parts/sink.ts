import { FlashFolder } from "../../tests/integration/support/simulator.js";
import { ENGINES, firmware, Program, pythonServer, tcpSink, wsServer } from "../program.js";
import type { Bar, Section } from "../report/section.js";
import { interleave, Samples } from "../spread.js";
import { Stream, uploadBytes } from "../stream.js";

const SIZE = 512_000;
const CHUNKS = [4093, 1024];
/** One measurement takes about so long, s. */
const SECONDS = 0.7;
/** Uploads before it, which say how many are needed for that. */
const WARM_UP = 4;

type Figure = "rate" | "cpu" | "memory";

interface Subject {
	readonly name: string;
	readonly own: boolean;
	/** Speaks WebSocket; else it is a sink for bare bytes. */
	readonly webSocket: boolean;
	readonly program: Program;
	readonly samples: readonly Samples<Figure>[];
}

/** Uploads over loopback into something that keeps nobody waiting: the firmware on a flash without timing, and what it is compared with. */
export async function measureSink(short: boolean): Promise<Section> {
	const rounds = short ? 1 : 7;
	const folder = new FlashFolder();
	const subject = async (name: string, own: boolean, webSocket: boolean, program: Program): Promise<Subject> => ({
		name,
		own,
		webSocket,
		program: await program.ready(),
		samples: CHUNKS.map(() => new Samples<Figure>()),
	});
	const subjects: Subject[] = [];
	try {
		for (const engine of ENGINES) {
			const k1 = new Program(await firmware(engine, { flash: folder.fresh() }));
			subjects.push(await subject(`K1, ${engine}`, true, true, k1));
			subjects.push(await subject(`bare TCP sink, ${engine}`, false, false, new Program(await tcpSink(engine))));
		}
		subjects.push(await subject("ws on Node, TLV", false, true, new Program(wsServer())));
		subjects.push(await subject("websockets on Python, TLV", false, true, new Program(pythonServer())));
		const pattern = Buffer.alloc(SIZE, 0x5a);
		const uploads = CHUNKS.map((chunk) => uploadBytes("speed", pattern, chunk));
		const works = subjects.flatMap(({ program, webSocket, samples }) =>
			uploads.map((bytes, i) => async () => {
				const stream = await Stream.open(program.port, webSocket);
				const send = (count: number) => (webSocket ? stream.uploads(bytes, count) : stream.sink(bytes, count));
				let start = performance.now();
				await send(WARM_UP);
				const times = Math.ceil((SECONDS * 1000 * WARM_UP) / (performance.now() - start));
				const cpu = program.cpu();
				start = performance.now();
				await send(times);
				const seconds = (performance.now() - start) / 1000;
				const megabytes = (times * SIZE) / 1e6;
				const figures = { rate: megabytes / seconds, cpu: (program.cpu() - cpu) / megabytes, memory: program.memory() };
				samples[i].add(figures);
				stream.close();
			}),
		);
		await interleave(rounds, works);
	} finally {
		for (const { program } of subjects) await program.stop();
		folder.remove();
	}
	const bars: Bar[] = CHUNKS.flatMap((chunk, i) =>
		subjects.map(({ name, own, samples }) => {
			const rates = samples[i].of("rate");
			const [least, most] = [Math.min(...rates), Math.max(...rates)];
			return { group: `${chunk}-byte chunks`, name, own, value: samples[i].median("rate"), least, most };
		}),
	);
	const share = (of: string, to: string, i: number) => {
		const rate = (name: string) => subjects.find((one) => one.name === name)?.samples[i].median("rate") ?? Number.NaN;
		return `${((100 * rate(of)) / rate(to)).toFixed(0)} %`;
	};
	const shares = CHUNKS.map(
		(chunk, i) =>
			`${share("K1, xs", "bare TCP sink, xs", i)} of the bare sink on XS and ${share("K1, node", "ws on Node, TLV", i)} of \`ws\` on Node at ${chunk} bytes`,
	);
	return {
		title: "Uploads over loopback, into a sink",
		text: `Each server in turn, ${rounds} times over: uploads of 512,000 bytes in a row by one client, whose bytes were made before, for about ${SECONDS} s. The K1 is the whole firmware on a flash without timing; it writes to a file. The TLV servers check lengths and CRC-32, answer, and keep nothing; the bare sinks only read, in pieces of at most 4,096 bytes. The K1 reaches ${shares.join(", ")}. Median, and from the least to the most.`,
		head: ["server", ...CHUNKS.flatMap((chunk) => [`${chunk}: MB/s`, "CPU, ms a MB"]), "memory, MB"],
		rows: subjects.map(({ name, samples }) => [
			name,
			...samples.flatMap((one) => [one.show("rate"), one.show("cpu", 1)]),
			samples[samples.length - 1].median("memory").toFixed(0),
		]),
		chart: { file: "sink", alt: "MB/s of each server at both sizes of chunk", label: "MB/s", bars },
	};
}
