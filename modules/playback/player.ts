/**
 * Plays one pattern on both strips (docs/playback.md). It has no timer, no flash and no LEDs: whoever has these asks it by
 * `wait` when to come again, calls `tick`, and sends out what is in `output` when that says so.
 */

import { copy } from "../bytes/bytes.js";
import { type Refusal, RefusedError } from "../core/errors.js";
import { milliamps, sumWithin } from "./power.js";
import { Ramp } from "./ramp.js";
import { dim, drive, mix, writeLevels } from "./render.js";
import { ALL_BYTES, ALL_LEDS } from "./strips.js";
import { type PatternSource, Track } from "./track.js";

// States, by the numbers that the protocol has for them.
/** Dark. */
export const STOPPED = 0;
export const PLAYING = 1;
export const PAUSED = 2;
/** What clients send is shown; whatever was before goes on below it. */
export const LIVE = 3;

/** Time in which one picture goes over into the next when nothing else is said, ms. */
export const FADE = 400;
/** A live picture that nobody renews for so long gives way, ms. */
export const LIVE_TIME = 2500;
/** Between two frames, changes of brightness and pictures are shown in steps of so many ms. */
const STEP = 20;

export interface PlayerOptions {
	/** mA that both strips may draw together; 0: no limit. */
	readonly powerLimit: number;
	/** mA of one LED that is white. */
	readonly milliampsPerLed: number;
	/** The LEDs' order of channels (strips.ts, `orderOf`). */
	readonly order: number;
}

export class Player {
	/** For the LEDs: strip 1, then strip 2, three bytes each in the LEDs' own order. */
	readonly output = new Uint8Array(ALL_BYTES);
	/** The same as R, G, B, before brightness, gamma and limit. */
	readonly colors = new Uint8Array(ALL_BYTES);
	/** 0 to 255. */
	readonly brightness = new Ramp(255);
	/** Times 100, 100 to 400. */
	readonly gamma = new Ramp(100);
	/** Frames of patterns that were shown. */
	shown = 0;
	/** Frames that were too late to be shown. */
	skipped = 0;
	/** Why the last pattern ended by itself; it is for the reader to set it back. */
	trouble: Refusal | undefined;
	readonly #order: number;
	readonly #milliampsPerLed: number;
	/** What the channels in `output` may add up to. */
	readonly #mostSum: number;
	/** What they do. */
	#sum = 0;
	readonly #track = new Track();
	/** What takes the pattern's place at the end of its loop. */
	#successor: PatternSource | undefined;
	#backdrop: ((colors: Uint8Array) => void) | undefined;
	#paused = false;
	#pausedAt = 0;
	#live = false;
	/** When the last live picture came. */
	#liveAt = 0;
	/** The picture that goes over into the one of now. */
	readonly #before = new Uint8Array(ALL_BYTES);
	#fading = false;
	#fadeStart = 0;
	#fadeTime = 0;
	readonly #levels = new Uint8Array(256);
	/** Brightness and gamma that the levels are for; -1 before there are any. */
	#levelsFor = -1;
	/** Something has changed that is to be shown at once. */
	#stale = false;
	/** When `output` was last written. */
	#lastTime = 0;

	constructor({ powerLimit, milliampsPerLed, order }: PlayerOptions) {
		this.#order = order;
		this.#milliampsPerLed = milliampsPerLed;
		this.#mostSum = powerLimit > 0 ? sumWithin(powerLimit, ALL_LEDS, milliampsPerLed) : 255 * ALL_BYTES;
	}

	/** STOPPED, PLAYING, PAUSED or LIVE. */
	get state(): number {
		if (this.#live) return LIVE;
		if (!this.#track.open) return STOPPED;
		return this.#paused ? PAUSED : PLAYING;
	}

	/** There is a pattern, whether it moves, stands still or goes on below a live picture. */
	get playing(): boolean {
		return this.#track.open;
	}

	/** Brightness or gamma is on its way. */
	get ramping(): boolean {
		return this.brightness.moving || this.gamma.moving;
	}

	/** What flows, in mA, by count. */
	get milliamps(): number {
		return milliamps(this.#sum, ALL_LEDS, this.#milliampsPerLed);
	}

	/** Number of the frame in its loop; 0 without a pattern. */
	get frame(): number {
		return this.#track.open ? Math.max(0, this.#track.frame) : 0;
	}

	/** Frames of the loop; 0 without a pattern. */
	get frames(): number {
		return this.#track.frames;
	}

	/** Frames a second times 256; 0 without a pattern. */
	get fps256(): number {
		return this.#track.fps256;
	}

	/**
	 * Plays a pattern from its start, in the place of whatever is shown.
	 * @param time ms in which the picture of now goes over into it
	 * @param below nobody has asked for it just now: live pictures go on over it
	 * @throws RefusedError for what cannot be played: then nothing has changed, and the source is still the caller's. Else it
	 * is closed here
	 */
	play(source: PatternSource, now: number, time = FADE, below = false): void {
		this.#track.load(source, now);
		this.#drop();
		if (below && this.#live) return;
		this.#live = false;
		this.#fade(now, time);
	}

	/**
	 * The pattern has a new version: it is played when the loop of the old one is at its end. The source is closed here, at
	 * once where there is no pattern.
	 */
	replace(source: PatternSource): void {
		this.#successor?.close();
		this.#successor = this.#track.open ? source : undefined;
		if (!this.#track.open) source.close();
	}

	/** Ends the pattern, and live pictures; what is shown goes over into darkness. */
	stop(now: number, time = FADE): void {
		if (!this.#track.open && !this.#live) return;
		this.#track.close();
		this.#drop();
		this.#live = false;
		this.#fade(now, time);
	}

	/** Ends a pattern that is there no more: it fades out, and live pictures go on. */
	end(now: number): void {
		if (!this.#track.open) return;
		this.#track.close();
		this.#drop();
		if (!this.#live) this.#fade(now, FADE);
	}

	/** Lets the pattern stand still. Returns whether there was one that did not. */
	pause(now: number): boolean {
		if (!this.#track.open || this.#paused) return false;
		this.#paused = true;
		this.#pausedAt = now;
		return true;
	}

	/** Lets it go on. Returns whether there was one that stood still. */
	resume(now: number): boolean {
		if (!this.#track.open || !this.#paused) return false;
		this.#paused = false;
		this.#track.shift(now - this.#pausedAt);
		return true;
	}

	/** Goes to a brightness of 0 to 255 in `time` ms. */
	setBrightness(target: number, time: number, now: number): void {
		this.brightness.go(target, time, now);
		this.#stale = true;
	}

	/** Goes to a gamma of 100 to 400 (times 100) in `time` ms. */
	setGamma(target: number, time: number, now: number): void {
		this.gamma.go(target, time, now);
		this.#stale = true;
	}

	/**
	 * Shows bytes[start..end), R, G, B, on the LEDs from `first` on; strip 1 has the first 160. A live picture starts out
	 * dark and keeps what it was given, until nothing has come for 2.5 s.
	 * @throws RangeError for LEDs that there are not, or bytes that are not three for each: then nothing has changed
	 */
	show(first: number, bytes: Uint8Array, start: number, end: number, now: number): void {
		if (!(first >= 0 && end - start >= 0 && 3 * first + end - start <= ALL_BYTES) || (end - start) % 3 !== 0) {
			throw new RangeError("not R, G, B for LEDs that there are");
		}
		if (!this.#live) {
			this.#live = true;
			this.#fading = false;
			this.colors.fill(0);
		}
		copy(this.colors, 3 * first, bytes, start, end);
		this.#liveAt = now;
		this.#stale = true;
	}

	/**
	 * What is shown where there is no pattern: paints R, G, B on LEDs that are dark. Undefined: darkness.
	 */
	setBackdrop(paint: ((colors: Uint8Array) => void) | undefined, now: number): void {
		this.#backdrop = paint;
		if (!this.#track.open && !this.#live) this.#fade(now, FADE);
	}

	/** ms until `tick` has something to do; Infinity while nothing happens by itself. */
	wait(now: number): number {
		if (this.#stale) return 0;
		let at = Number.POSITIVE_INFINITY;
		if (this.#live) at = this.#liveAt + LIVE_TIME;
		if (this.#track.open && !this.#paused) at = Math.min(at, this.#track.due);
		if (this.#changing) at = Math.min(at, this.#lastTime + STEP);
		return Math.max(0, at - now);
	}

	/** Does what is due at `now`. Returns whether there is another picture in `output`. */
	tick(now: number): boolean {
		let changed = this.#stale;
		if (this.#live && now - this.#liveAt >= LIVE_TIME) {
			this.#live = false;
			changed = true;
		}
		if (this.#track.open && !this.#paused && this.#advance(now)) changed = true;
		if (!changed && !(this.#changing && now - this.#lastTime >= STEP)) return false;
		if (!this.#live) this.#paint(now);
		this.#drive(now);
		this.#stale = false;
		this.#lastTime = now;
		return true;
	}

	/** Something goes over into something else, between frames too. */
	get #changing(): boolean {
		return this.#fading || this.brightness.moving || this.gamma.moving;
	}

	/** Decodes what is due. Returns whether that is to be shown. */
	#advance(now: number): boolean {
		const track = this.#track;
		let frames = 0;
		try {
			frames = track.advance(now, this.#successor !== undefined);
			if (this.#successor !== undefined && track.atSeam && track.due <= now) frames += this.#succeed(now);
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			// A file that was stored before frames were checked, or flash that has lost its bits.
			this.trouble = error.refusal;
			this.end(now);
			return !this.#live;
		}
		if (frames === 0 || this.#live) return false;
		this.shown++;
		this.skipped += frames - 1;
		return true;
	}

	/** Goes over to the new version of the pattern. Returns how many of its frames are due. */
	#succeed(now: number): number {
		const source = this.#successor!;
		this.#successor = undefined;
		try {
			this.#track.load(source, this.#track.due);
		} catch (error) {
			source.close();
			throw error;
		}
		if (!this.#live) this.#fade(now, FADE);
		return this.#track.advance(now, false);
	}

	#paint(now: number): void {
		const { colors } = this;
		if (this.#track.open) this.#track.paint(colors);
		else {
			colors.fill(0);
			this.#backdrop?.(colors);
		}
		if (!this.#fading) return;
		const passed = now - this.#fadeStart;
		if (passed >= this.#fadeTime) this.#fading = false;
		else mix(colors, this.#before, 0, ALL_BYTES, Math.floor((256 * passed) / this.#fadeTime));
	}

	#drive(now: number): void {
		const { output } = this;
		const brightness = this.brightness.at(now);
		const gamma = this.gamma.at(now);
		const levelsFor = (gamma << 8) | brightness;
		if (levelsFor !== this.#levelsFor) {
			this.#levelsFor = levelsFor;
			writeLevels(this.#levels, gamma, brightness);
		}
		const sum = drive(output, this.colors, 0, ALL_BYTES, this.#levels, this.#order);
		const most = this.#mostSum;
		this.#sum = sum <= most ? sum : dim(output, 0, ALL_BYTES, Math.floor((most * 65_536) / sum));
	}

	#fade(now: number, time: number): void {
		copy(this.#before, 0, this.colors, 0, ALL_BYTES);
		this.#fading = true;
		this.#fadeStart = now;
		this.#fadeTime = time;
		this.#stale = true;
	}

	/** Forgets what went with the pattern before. */
	#drop(): void {
		this.#successor?.close();
		this.#successor = undefined;
		this.#paused = false;
	}
}
