/** Writes the .prism files that are uploaded and played under measurement. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePattern } from "../../../modules/pattern/encoder/encode.js";
import { ROOT } from "../../harness/spec-modules.js";

const LEDS = 160;

interface Animation {
	/** So many that the file is some 100 KB: what a file costs beside its bytes is not to count. */
	readonly frames: number;
	/** Red, green and blue of a LED in a frame, 0 to 1. */
	color(led: number, frame: number): readonly number[];
}

const ANIMATIONS: Readonly<Record<string, Animation>> = {
	/** Waves of all colors: hardly two LEDs are alike. */
	"waves.prism": {
		frames: 600,
		color: (led, frame) => [0, 1, 2].map((channel) => 0.5 + 0.5 * Math.sin(led / 9 + frame / 7 + 2 * channel)),
	},
	/** A light that runs to and fro with a tail: most LEDs stay dark. */
	"trace.prism": {
		frames: 3000,
		color: (led, frame) => {
			const behind = (80 + 79 * Math.sin(frame / 20) - led) * Math.sign(Math.cos(frame / 20));
			return behind < 0 || behind > 30 ? [0, 0, 0] : [1 - behind / 30, 0.5 - behind / 60, 0.1];
		},
	},
	/** All LEDs the same, slowly through the colors: few bytes, many LEDs each. */
	"glow.prism": {
		frames: 12_000,
		color: (_led, frame) => [0, 1, 2].map((channel) => 0.5 + 0.5 * Math.sin(frame / 100 + 2 * channel)),
	},
};

/** Writes them into build/, and returns their paths. */
export function writePatterns(): string[] {
	const folder = join(ROOT, "build/patterns");
	mkdirSync(folder, { recursive: true });
	return Object.entries(ANIMATIONS).map(([name, animation]) => {
		const frames = Array.from({ length: animation.frames }, (_, frame) => {
			const bytes = new Uint8Array(3 * LEDS);
			for (let led = 0; led < LEDS; led++)
				bytes.set(
					animation.color(led, frame).map((value) => Math.round(255 * value)),
					3 * led,
				);
			return bytes;
		});
		const path = join(folder, name);
		writeFileSync(
			path,
			encodePattern({ leds: LEDS, fps: 60, frames, strip2: { motion: 2, sync: 2, progressiveEnd: 500 } }),
		);
		return path;
	});
}
