/** A fixed run of uploads, replacements and deletes, for cutting the power in it at every operation. */

import type { PatternStore } from "../../modules/storage/pattern-store.js";
import type { NorFlash } from "./nor-flash.js";
import { append, ascii, begin, mount, names, pattern, read, remove, smallFlash, upload } from "./store.js";

/** What is stored: the seed and size of each name's pattern. */
export type Stored = Record<string, { size: number; seed: number }>;

/** One step: what it does, and what is stored once it is done. */
export interface Step {
	run(): void;
	after(stored: Stored): void;
}

const put = (name: string, size: number, seed: number) => (stored: Stored) => {
	stored[name] = { size, seed };
};
const drop = (name: string) => (stored: Stored) => {
	delete stored[name];
};
const nothing = (): void => {};

/** The steps, on one store and its two writers. */
export function script(store: PatternStore): Step[] {
	const first = store.writer();
	const second = store.writer();
	const whole = (name: string, size: number, seed: number): Step => ({
		run: () => upload(first, name, pattern(size, seed), 700),
		after: put(name, size, seed),
	});
	const deletion = (name: string): Step => ({ run: () => remove(store, name), after: drop(name) });
	const idle = (steps: number): Step => ({
		run: () => {
			for (let i = 0; i < steps; i++) store.tidy();
		},
		after: nothing,
	});
	return [
		whole("wave", 1500, 1),
		whole("rain", 300, 2),
		whole("wave", 1100, 3),
		{ run: () => begin(second, "rain"), after: nothing },
		{ run: () => append(second, pattern(900, 4), 700), after: nothing },
		deletion("wave"),
		whole("rain", 2000, 5),
		{ run: () => second.commit(), after: put("rain", 900, 4) },
		idle(3),
		{ run: () => begin(second, "lost", 4000), after: nothing },
		{ run: () => append(second, pattern(2500, 6), 700), after: nothing },
		{ run: () => second.abort(), after: nothing },
		idle(75),
		whole("sun", 6000, 7),
		whole("moon", 5000, 8),
		whole("sun", 3000, 9),
		deletion("rain"),
		whole("a much longer name, 32 bytes all", 1, 10),
		whole("moon", 4000, 11),
		idle(5),
	];
}

/** A flash whose journal area is nearly full, so that the script changes areas, and what it stores. */
export function usedFlash(room: number): { flash: NorFlash; stored: Stored } {
	const flash = smallFlash();
	const store = mount(flash);
	const writer = store.writer();
	upload(writer, "old", pattern(800, 77));
	upload(writer, "wave", pattern(20, 78));
	const filler = ascii("f");
	// Each of these takes two operations on the journal, and some 60 bytes of it.
	for (let i = 0; i < room; i++) {
		upload(writer, "f", pattern(1, i));
		store.remove(filler, 0, 1);
	}
	return { flash, stored: { old: { size: 800, seed: 77 }, wave: { size: 20, seed: 78 } } };
}

/** Whether the store holds exactly this. */
export function holds(store: PatternStore, stored: Stored): boolean {
	const wanted = Object.keys(stored).sort();
	if (names(store).join("/") !== wanted.join("/")) return false;
	return wanted.every((name) => {
		const { size, seed } = stored[name];
		const bytes = read(store, name);
		const expected = pattern(size, seed);
		return bytes?.length === size && expected.every((byte, i) => bytes[i] === byte);
	});
}

/** Bytes that this takes, by whole sectors. */
export function space(stored: Stored, sectorLength: number): number {
	return Object.values(stored).reduce((sum, { size }) => sum + Math.ceil(size / sectorLength) * sectorLength, 0);
}

export interface CutRun {
	/** What was stored before the step that was cut, and what would have been after it. */
	before: Stored;
	after: Stored;
	/** The script came to its end. */
	finished: boolean;
}

/** Runs the script on a store until the power fails or it ends. */
export function runScript(flash: NorFlash, stored: Stored): CutRun {
	const steps = script(mount(flash));
	let before = { ...stored };
	for (const step of steps) {
		const after = { ...before };
		step.after(after);
		try {
			step.run();
		} catch (error) {
			if (!flash.off) throw error;
		}
		if (flash.off) return { before, after, finished: false };
		before = after;
	}
	return { before, after: before, finished: true };
}
