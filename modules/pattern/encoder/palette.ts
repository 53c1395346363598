/**
 * Chooses the palette of a pattern: its own colors where 64 are enough, else 64 that come near to them all. For programs
 * on computers; it is no part of the firmware.
 */

import { MOST_COLORS } from "../decoder-state.js";

/** Colors that are kept apart while choosing; with more, those that share the upper 6 bits of R, G and B are one. */
const MOST_KEPT = 65_536;
/** Rounds of moving each color to the middle of those that it stands for; what is gained after that cannot be seen. */
const ROUNDS = 8;
/** How much a difference in R, G and B is seen, about. */
const WEIGHTS = Object.freeze([2, 4, 3]);

/** Colors of a picture, as many times as there are LEDs that show them. */
interface Counted {
	/** R, G, B, in turn; middles of several colors have fractions. */
	readonly values: Float64Array;
	readonly counts: Float64Array;
	/** Which of them a color of the picture is. */
	readonly placeOf: (key: number) => number;
}

/** A palette, and how a picture's colors become indices into it. */
export interface Palette {
	/** R, G, B, 1 to 64 times. */
	readonly colors: Uint8Array;
	/** The index for a color of the picture, given as R x 65,536 + G x 256 + B. */
	indexOf(color: number): number;
}

/** The color of LED `led` in a frame of R, G, B, as one number. */
export function colorAt(frame: Uint8Array, led: number): number {
	return (frame[3 * led] << 16) | (frame[3 * led + 1] << 8) | frame[3 * led + 2];
}

/**
 * The palette for these frames. Colors that occur are kept as they are where there are at most 64; black is kept in any
 * case, since a dark LED that glows is seen at night.
 * @param frames R, G, B for each LED, at least one LED in all
 */
export function choosePalette(frames: readonly Uint8Array[]): Palette {
	const counts = count(frames);
	if (counts.size <= MOST_COLORS) return exactly([...counts.keys()]);
	const counted = keep(counts);
	const withBlack = counts.has(0);
	const middles = refine(counted, split(counted, MOST_COLORS - (withBlack ? 1 : 0)));
	const colors = new Uint8Array(3 * MOST_COLORS);
	for (let i = 0; i < middles.length; i++) colors[i] = Math.round(middles[i]);
	const used = withBlack ? middles.length + 3 : middles.length;
	const found = new Map<number, number>();
	return {
		colors: colors.subarray(0, used),
		indexOf(color) {
			let index = found.get(color);
			if (index === undefined) {
				index = nearest(colors, used, color >> 16, (color >> 8) & 0xff, color & 0xff);
				found.set(color, index);
			}
			return index;
		},
	};
}

function count(frames: readonly Uint8Array[]): Map<number, number> {
	const counts = new Map<number, number>();
	for (const frame of frames) {
		for (let led = 0; 3 * led < frame.length; led++) {
			const color = colorAt(frame, led);
			counts.set(color, (counts.get(color) ?? 0) + 1);
		}
	}
	return counts;
}

function exactly(list: readonly number[]): Palette {
	const colors = new Uint8Array(3 * list.length);
	list.forEach((color, i) => {
		colors[3 * i] = color >> 16;
		colors[3 * i + 1] = color >> 8;
		colors[3 * i + 2] = color;
	});
	const places = new Map(list.map((color, i) => [color, i]));
	return { colors, indexOf: (color) => places.get(color) ?? 0 };
}

/** The colors to choose from: all of them, or the middles of those that are alike. */
function keep(all: ReadonlyMap<number, number>): Counted {
	const keyOf = all.size <= MOST_KEPT ? (color: number) => color : (color: number) => color & 0xfcfcfc;
	const places = new Map<number, number>();
	for (const color of all.keys()) if (!places.has(keyOf(color))) places.set(keyOf(color), places.size);
	const values = new Float64Array(3 * places.size);
	const counts = new Float64Array(places.size);
	const placeOf = (color: number) => places.get(keyOf(color)) ?? 0;
	for (const [color, times] of all) {
		const place = placeOf(color);
		counts[place] += times;
		values[3 * place] += times * (color >> 16);
		values[3 * place + 1] += times * ((color >> 8) & 0xff);
		values[3 * place + 2] += times * (color & 0xff);
	}
	for (let i = 0; i < values.length; i++) values[i] /= counts[Math.floor(i / 3)];
	return { values, counts, placeOf };
}

/** Some of the colors, and what splitting them would gain. */
interface Box {
	readonly members: readonly number[];
	/** Members up to here, in the order of `members`, are the first half. */
	readonly cut: number;
	/** By how much the sum of squared errors falls when the box is split there. */
	readonly gain: number;
}

/**
 * Splits the colors into as many boxes as colors are wanted, always the one, and there, where it takes away most of the
 * error; returns the boxes' middles.
 */
function split(counted: Counted, wanted: number): Float64Array {
	const boxes = [boxOf(counted, [...counted.counts.keys()])];
	while (boxes.length < wanted) {
		let best = 0;
		for (let i = 1; i < boxes.length; i++) if (boxes[i].gain > boxes[best].gain) best = i;
		const { members, cut, gain } = boxes[best];
		if (gain <= 0) break;
		boxes[best] = boxOf(counted, members.slice(0, cut));
		boxes.push(boxOf(counted, members.slice(cut)));
	}
	const middles = new Float64Array(3 * boxes.length);
	boxes.forEach(({ members }, i) => {
		middles.set(middleOf(counted, members), 3 * i);
	});
	return middles;
}

function middleOf({ values, counts }: Counted, members: readonly number[]): number[] {
	const sums = [0, 0, 0];
	let total = 0;
	for (const member of members) {
		total += counts[member];
		for (let axis = 0; axis < 3; axis++) sums[axis] += counts[member] * values[3 * member + axis];
	}
	return sums.map((sum) => sum / total);
}

/** The box of these members, with the best place to split it. */
function boxOf(counted: Counted, members: readonly number[]): Box {
	const { values, counts } = counted;
	let box: Box = { members, cut: 0, gain: 0 };
	for (let axis = 0; axis < 3; axis++) {
		const sorted = [...members].sort((a, b) => values[3 * a + axis] - values[3 * b + axis]);
		let allTimes = 0;
		let allSum = 0;
		for (const member of sorted) {
			allTimes += counts[member];
			allSum += counts[member] * values[3 * member + axis];
		}
		let times = 0;
		let sum = 0;
		for (let i = 0; i + 1 < sorted.length; i++) {
			times += counts[sorted[i]];
			sum += counts[sorted[i]] * values[3 * sorted[i] + axis];
			// What squared errors lose when two groups get a middle each: a x b / (a + b) x distance squared.
			const distance = sum / times - (allSum - sum) / (allTimes - times);
			const gain = ((WEIGHTS[axis] * times * (allTimes - times)) / allTimes) * distance * distance;
			if (gain > box.gain) box = { members: sorted, cut: i + 1, gain };
		}
	}
	return box;
}

/** Moves the middles to where the colors that are nearest to them have theirs (Lloyd's way), a few times. */
function refine({ values, counts }: Counted, start: Float64Array): Float64Array {
	let middles = start;
	for (let round = 0; round < ROUNDS; round++) {
		const sums = new Float64Array(middles.length);
		const totals = new Float64Array(middles.length / 3);
		for (let place = 0; place < counts.length; place++) {
			const at = 3 * place;
			const index = nearest(middles, middles.length, values[at], values[at + 1], values[at + 2]);
			totals[index] += counts[place];
			for (let axis = 0; axis < 3; axis++) sums[3 * index + axis] += counts[place] * values[at + axis];
		}
		const before = middles;
		middles = sums.map((sum, i) => {
			const total = totals[Math.floor(i / 3)];
			return total > 0 ? sum / total : before[i];
		});
	}
	return middles;
}

/** Which of the colors in the first `length` values is nearest. */
function nearest(colors: Float64Array | Uint8Array, length: number, r: number, g: number, b: number): number {
	let best = 0;
	let least = Number.POSITIVE_INFINITY;
	for (let i = 0; i < length; i += 3) {
		const distance =
			WEIGHTS[0] * (colors[i] - r) ** 2 + WEIGHTS[1] * (colors[i + 1] - g) ** 2 + WEIGHTS[2] * (colors[i + 2] - b) ** 2;
		if (distance < least) {
			least = distance;
			best = i / 3;
		}
	}
	return best;
}
