import { download } from "../../src/download.js";
import { ConnectionError, DeviceError } from "../../src/errors.js";
import { K1 } from "../../src/k1.js";
import { Bar } from "../bar.js";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { note, printFigures, printJson, size } from "../output.js";

/** Name of the pattern that is sent, and deleted again. */
const NAME = "k1-bench";
const QUESTIONS = 200;
const NOT_MEASURED = "not measured: somebody else has the second place";

/** Measures how fast the device answers, takes and gives. */
export async function bench(context: Context, options: { size: number }): Promise<number> {
	const { signal } = context;
	const bytes = new Uint8Array(1000 * options.size).map((_, i) => (i * 7 + (i >> 8)) & 0xff);
	const k1 = await context.connect();
	if ((await k1.list()).some(({ name }) => name === NAME)) {
		throw new Failure(`there is a pattern "${NAME}" already, which would be written over; k1 rm ${NAME} deletes it`);
	}
	const answers = await measureAnswers(k1, signal);
	try {
		const bar = new Bar("upload");
		const began = performance.now();
		let meanwhile: number[] = [];
		const done = new AbortController();
		const asking = measureWhile(await second(context), done.signal).then((times) => {
			meanwhile = times;
		});
		try {
			await k1.upload(NAME, bytes, { onProgress: bar.update, signal });
		} finally {
			done.abort();
			bar.end();
		}
		const sent = performance.now();
		await asking;
		const asked = performance.now();
		const back = await download(await context.address(), NAME, context.timeout, { signal });
		const got = performance.now();
		const figures = {
			size: bytes.length,
			uploadRate: rate(bytes.length, sent - began),
			downloadRate: rate(back.length, got - asked),
			answer: spreadOf(answers),
			answerWhileUploading: meanwhile.length > 0 ? spreadOf(meanwhile) : undefined,
		};
		report(context, figures);
	} finally {
		await k1.delete(NAME).catch((error) => {
			if (!(error instanceof DeviceError)) note(`"${NAME}" may still be there; k1 rm ${NAME} deletes it`);
		});
	}
	return DONE;
}

interface Spread {
	readonly median: number;
	readonly p99: number;
}

interface BenchFigures {
	readonly size: number;
	/** Bytes a second. */
	readonly uploadRate: number;
	readonly downloadRate: number;
	/** ms */
	readonly answer: Spread;
	/** Of another client meanwhile; not there where somebody else has the second place. */
	readonly answerWhileUploading: Spread | undefined;
}

function report(context: Context, figures: BenchFigures): void {
	if (context.json) {
		printJson(figures);
		return;
	}
	const spread = ({ median, p99 }: Spread) =>
		`${median.toFixed(1)} ms as a rule, 99 of 100 within ${p99.toFixed(1)} ms`;
	printFigures([
		["upload", `${size(figures.uploadRate)}/s, ${size(figures.size)} until they were durable`],
		["download", `${size(figures.downloadRate)}/s`],
		["answer", spread(figures.answer)],
		[
			"another's answer",
			figures.answerWhileUploading === undefined ? NOT_MEASURED : spread(figures.answerWhileUploading),
		],
	]);
}

async function measureAnswers(k1: K1, signal: AbortSignal): Promise<number[]> {
	const times: number[] = [];
	for (let i = 0; i < QUESTIONS; i++) {
		signal.throwIfAborted();
		times.push(await timeOf(k1));
	}
	return times.sort((a, b) => a - b);
}

/** A second connection, which is not behind what the first one sends; undefined where somebody else has its place. */
async function second(context: Context): Promise<K1 | undefined> {
	const { socket, token } = await context.address();
	try {
		return await K1.connect(socket, { token, timeout: context.timeout, reconnect: false });
	} catch (error) {
		if (error instanceof ConnectionError && error.reason === "busy") return undefined;
		throw error;
	}
}

async function measureWhile(k1: K1 | undefined, done: AbortSignal): Promise<number[]> {
	const times: number[] = [];
	try {
		while (k1 !== undefined && !done.aborted) times.push(await timeOf(k1));
	} catch {
		// The upload says why.
	}
	await k1?.close();
	return times.sort((a, b) => a - b);
}

async function timeOf(k1: K1): Promise<number> {
	const began = performance.now();
	await k1.status();
	return performance.now() - began;
}

/** Bytes a second. @param time ms */
function rate(bytes: number, time: number): number {
	return Math.round((1000 * bytes) / Math.max(time, 0.001));
}

function spreadOf(sorted: readonly number[]): Spread {
	return { median: at(sorted, 0.5), p99: at(sorted, 0.99) };
}

/** The value that so many of the sorted values are below, in 1/100 ms. */
function at(sorted: readonly number[], share: number): number {
	const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
	return Math.round(100 * value) / 100;
}
