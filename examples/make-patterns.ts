/**
 * Makes the example patterns in examples/patterns: `npx tsx examples/make-patterns.ts`. Each is a value from 0 to 1 for every LED of every
 * frame, and a row of 64 colors that the value picks from; all of them start over without a seam.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodePattern, type Strip2 } from "../modules/pattern/encoder/encode.js";
import { CENTER, EDGE, OFFSET, PROGRESSIVE, WAVE } from "../modules/pattern/header.js";

const LEDS = 160;
const COLORS = 64;

type Color = readonly [number, number, number];

export interface Example {
	readonly fps: number;
	readonly frames: number;
	/** What the colors go through, from the value 0 to 1. */
	readonly colors: readonly Color[];
	readonly strip2: Strip2;
	/** @param place of the LED, and @param time in the loop: 0 to below 1 */
	value(place: number, time: number): number;
}

/** A wave from 0 to 1; whole numbers of `turns` make no seam. */
function wave(turns: number): number {
	return 0.5 + 0.5 * Math.sin(2 * Math.PI * turns);
}

export const EXAMPLES: Readonly<Record<string, Example>> = {
	/** Curtains of green and violet that drift across each other. */
	aurora: {
		fps: 30,
		frames: 300,
		colors: [
			[2, 4, 18],
			[0, 60, 70],
			[10, 190, 110],
			[90, 240, 170],
			[130, 80, 220],
			[60, 10, 90],
		],
		strip2: { motion: CENTER, sync: PROGRESSIVE, progressiveStart: 0, progressiveEnd: 900 },
		value: (place, time) =>
			0.45 * wave(1.5 * place + time) + 0.35 * wave(2.7 * place - 2 * time) + 0.2 * wave(5 * place + 3 * time),
	},
	/** A light that runs round with a tail behind it. */
	comet: {
		fps: 60,
		frames: 180,
		colors: [
			[0, 0, 0],
			[20, 4, 0],
			[120, 30, 2],
			[255, 110, 20],
			[255, 230, 180],
		],
		strip2: { motion: EDGE, sync: OFFSET, delay: 250 },
		value: (place, time) => Math.max(0, 1 - 3.5 * ((time - place + 1) % 1)) ** 2,
	},
	/** Embers that glow, each for itself. */
	ember: {
		fps: 24,
		frames: 240,
		colors: [
			[6, 0, 0],
			[50, 6, 0],
			[170, 34, 0],
			[255, 96, 8],
			[255, 190, 70],
		],
		strip2: { motion: CENTER, sync: WAVE, delay: 400, waveAmplitude: 350, waveFrequency: 3 },
		value: (place, time) => {
			const ember = Math.floor(40 * place);
			const pace = 2 + ((ember * 7) % 5);
			return (0.35 + 0.65 * wave(pace * time + ember * 0.618)) * (0.5 + 0.5 * wave(40 * place - 0.25));
		},
	},
	/** Slow water: long blue waves, white where two of them meet. */
	tide: {
		fps: 24,
		frames: 288,
		colors: [
			[0, 3, 20],
			[0, 24, 90],
			[0, 100, 170],
			[60, 190, 210],
			[235, 250, 255],
		],
		strip2: { motion: 0, sync: PROGRESSIVE, progressiveStart: 0, progressiveEnd: 1500 },
		value: (place, time) => (0.6 * wave(2 * place - time) + 0.4 * wave(3 * place + 2 * time)) ** 1.6,
	},
};

/** The color at a value from 0 to 1, on the straight lines between those given. */
function mix(colors: readonly Color[], value: number): number[] {
	const at = value * (colors.length - 1);
	const first = Math.min(Math.floor(at), colors.length - 2);
	return [0, 1, 2].map((channel) => {
		const from = colors[first][channel];
		return Math.round(from + (at - first) * (colors[first + 1][channel] - from));
	});
}

/** The .prism file of an example. */
export function encodeExample(name: string, { fps, frames, colors, strip2, value }: Example): Uint8Array {
	const row = Array.from({ length: COLORS }, (_, i) => mix(colors, i / (COLORS - 1)));
	const pictures = Array.from({ length: frames }, (_, frame) => {
		const picture = new Uint8Array(3 * LEDS);
		for (let led = 0; led < LEDS; led++) {
			const level = Math.min(Math.max(value(led / LEDS, frame / frames), 0), 1);
			picture.set(row[Math.round(level * (COLORS - 1))], 3 * led);
		}
		return picture;
	});
	return encodePattern({ leds: LEDS, fps, frames: pictures, strip2, json: JSON.stringify({ name }) });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const folder = new URL("patterns/", import.meta.url);
	mkdirSync(folder, { recursive: true });
	for (const [name, example] of Object.entries(EXAMPLES)) {
		const file = encodeExample(name, example);
		writeFileSync(new URL(`${name}.prism`, folder), file);
		console.log(`${name}.prism: ${example.frames} frames, ${file.length} bytes`);
	}
}
