import type { Strip2 } from "../../../modules/pattern/encoder/encode.js";
import type { PrismHeader } from "../../../modules/pattern/header.js";
import { MOTIONS, SYNCS } from "./reading.js";

/** Name of the text in a picture that has what the picture does not show. */
export const TEXT_KEY = "PRISM K1";

/** What a pattern is besides its frames. */
export interface Settings {
	readonly fps: number;
	readonly sync: string;
	readonly motion: string;
	/** ms */
	readonly delay: number;
	readonly progressiveStart: number;
	readonly progressiveEnd: number;
	readonly waveAmplitude: number;
	/** Cycles along the strip. */
	readonly waveFrequency: number;
	/** Degrees. */
	readonly wavePhase: number;
}

export function settingsOf(header: PrismHeader): Settings {
	return {
		fps: header.fps256 / 256,
		sync: SYNCS[header.sync],
		motion: MOTIONS[header.motion],
		delay: header.delay,
		progressiveStart: header.progressiveStart,
		progressiveEnd: header.progressiveEnd,
		waveAmplitude: header.waveAmplitude,
		waveFrequency: header.waveFrequency,
		wavePhase: header.wavePhase,
	};
}

/** Reads what `export` has written into a picture; nothing where there is none, or somebody else's. */
export function settingsIn(text: Readonly<Record<string, string>>): Partial<Settings> {
	try {
		const settings = JSON.parse(text[TEXT_KEY] ?? "{}");
		return typeof settings === "object" && settings !== null ? settings : {};
	} catch {
		return {};
	}
}

/** How strip 2 follows, for the encoder; undefined where it shows the same as strip 1. */
export function strip2Of(settings: Partial<Settings>): Strip2 | undefined {
	const { sync = SYNCS[0], motion = MOTIONS[0] } = settings;
	const numbers = [settings.delay, settings.progressiveStart, settings.progressiveEnd];
	const wave = [settings.waveAmplitude, settings.waveFrequency, settings.wavePhase];
	if (sync === SYNCS[0] && motion === MOTIONS[0] && [...numbers, ...wave].every((value) => (value ?? 0) === 0)) {
		return undefined;
	}
	return {
		...settings,
		sync: SYNCS.indexOf(sync as (typeof SYNCS)[number]),
		motion: MOTIONS.indexOf(motion as (typeof MOTIONS)[number]),
	};
}
