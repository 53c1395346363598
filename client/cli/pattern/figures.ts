import { crc32 } from "../../../modules/bytes/bytes.js";
import { RUNS, XOR } from "../../../modules/pattern/decoder-state.js";
import { HEADER_1_0, type PrismHeader } from "../../../modules/pattern/header.js";
import { writeDelays } from "../../../modules/playback/delays.js";
import { milliamps } from "../../../modules/playback/power.js";
import { ALL_LEDS, STRIP_LEDS } from "../../../modules/playback/strips.js";
import { MOST_DELAY } from "../../../modules/playback/track.js";
import { hex32 } from "../../src/frames.js";
import { faultsOf } from "./faults.js";
import { headerLength, headerOf, MOTIONS, Strips, SYNCS } from "./reading.js";

/** mA of a white LED, as the device counts it (docs/playback.md, "Power"). */
const PER_LED = 55;
/** The longest delay that `writeDelays` can write, frames. */
const LONGEST = 255;

/** All that there is to say of a file. Figures that cannot be read are 0 or empty. */
export interface Figures {
	readonly file: string;
	readonly valid: boolean;
	readonly leds: number;
	readonly frames: number;
	/** Frames a second. */
	readonly fps: number;
	/** Colors in the palette. */
	readonly palette: number;
	readonly sync: string;
	readonly motion: string;
	readonly problems: readonly string[];
	readonly size: number;
	readonly crc32: string;
	/** `1.0` or `1.1`. */
	readonly version: string;
	readonly seconds: number;
	readonly strip2: {
		readonly delay: number;
		readonly progressiveStart: number;
		readonly progressiveEnd: number;
		readonly waveAmplitude: number;
		readonly waveFrequency: number;
		readonly wavePhase: number;
		/** By how many frames a LED of strip 2 is behind at the most. */
		readonly framesBehind: number;
	};
	/** The text that the file carries; the device does not read it. */
	readonly metadata: string;
	/** How the frames are written. */
	readonly encoding: { readonly raw: number; readonly runs: number; readonly xor: number };
	/** What the brightest frame draws at full brightness, without a limit, mA. */
	readonly milliamps: number;
	/** What is no fault, and yet not as one might think. */
	readonly notes: readonly string[];
}

export function figuresOf(file: string, bytes: Uint8Array): Figures {
	const header = headerOf(bytes);
	const problems = faultsOf(bytes);
	const valid = problems.length === 0;
	const { payloadStart: payload, leds, frames, fps256, sync, motion } = header;
	const known = payload > 0;
	const framesBehind = valid && leds <= STRIP_LEDS ? longestDelay(header) : 0;
	const metadataStart = headerLength(bytes) + 2;
	return {
		file,
		valid,
		leds: known ? leds : 0,
		frames: known ? frames : 0,
		fps: known ? fps256 / 256 : 0,
		palette: known && bytes.length >= payload + 2 ? bytes[payload] + 256 * bytes[payload + 1] : 0,
		sync: known ? SYNCS[sync] : "",
		motion: known ? MOTIONS[motion] : "",
		problems,
		size: bytes.length,
		crc32: hex32(crc32(0, bytes, 0, bytes.length)),
		version: known ? `${bytes[5]}.${bytes[4]}` : "",
		seconds: known && fps256 > 0 ? (frames * 256) / fps256 : 0,
		strip2: {
			delay: header.delay,
			progressiveStart: header.progressiveStart,
			progressiveEnd: header.progressiveEnd,
			waveAmplitude: header.waveAmplitude,
			waveFrequency: header.waveFrequency,
			wavePhase: header.wavePhase,
			framesBehind: Math.min(framesBehind, MOST_DELAY),
		},
		metadata: known ? new TextDecoder().decode(bytes.subarray(metadataStart, payload)) : "",
		encoding: valid ? encodingOf(bytes, payload, frames) : { raw: 0, runs: 0, xor: 0 },
		milliamps: valid ? mostMilliamps(file, bytes, frames) : 0,
		notes: valid ? notesOf(bytes, header, framesBehind) : [],
	};
}

function longestDelay(header: PrismHeader): number {
	const delays = new Uint8Array(STRIP_LEDS);
	writeDelays(delays, header.leds, header, LONGEST);
	return Math.max(...delays.subarray(0, header.leds));
}

function notesOf(bytes: Uint8Array, header: PrismHeader, framesBehind: number): string[] {
	const notes: string[] = [];
	if (framesBehind > MOST_DELAY) {
		const behind = framesBehind === LONGEST ? `${LONGEST} or more` : `${framesBehind}`;
		notes.push(`strip 2 would be ${behind} frames behind; the device cuts that to ${MOST_DELAY}`);
	}
	if (headerLength(bytes) === HEADER_1_0) return notes;
	if (bytes[65] >= MOTIONS.length) notes.push(`nobody knows motion ${bytes[65]}; it counts as ${MOTIONS[0]}`);
	if (bytes[66] >= SYNCS.length) notes.push(`nobody knows sync ${bytes[66]}; it counts as ${SYNCS[0]}`);
	if (SYNCS[header.sync] === "custom") notes.push("custom sync has no table in any file; it is shown as sync");
	if (header.leds > STRIP_LEDS && header.sync !== 0) {
		notes.push("with more than 160 LEDs strip 2 has LEDs of its own, and sync and motion are not looked at");
	}
	return notes;
}

/** How many frames are written in which way. */
function encodingOf(bytes: Uint8Array, payload: number, frames: number): Figures["encoding"] {
	const encoding = { raw: 0, runs: 0, xor: 0 };
	let at = payload + 2 + 3 * bytes[payload];
	for (let frame = 0; frame < frames; frame++) {
		const flags = bytes[at];
		if ((flags & XOR) !== 0) encoding.xor++;
		else if ((flags & RUNS) !== 0) encoding.runs++;
		else encoding.raw++;
		at += 3 + bytes[at + 1] + 256 * bytes[at + 2];
	}
	return encoding;
}

function mostMilliamps(file: string, bytes: Uint8Array, frames: number): number {
	const strips = new Strips(file, bytes);
	let most = 0;
	// The second time round, strip 2 has a past to show.
	for (let frame = 0; frame < 2 * frames; frame++) {
		strips.next();
		let sum = 0;
		for (const value of strips.colors) sum += value;
		most = Math.max(most, sum);
	}
	return milliamps(most, ALL_LEDS, PER_LED);
}
