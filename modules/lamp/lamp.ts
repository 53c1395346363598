import { compare, copy, decodeLatin1 } from "../bytes/bytes.js";
import type { Clock } from "../core/clock.js";
import { NOT_STORED, NOTHING_PLAYED, type Refusal, RefusedError, SHOW_INVALID } from "../core/errors.js";
import type { Log } from "../core/log.js";
import type { Timers } from "../core/timer.js";
import { FADE, Player, type PlayerOptions, STOPPED } from "../playback/player.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { MAX_NAME } from "../tlv/name.js";
import { Beat } from "./beat.js";
import { JOINING, paintFirstLight } from "./first-light.js";
import { Keeper } from "./keeper.js";
import type { Leds } from "./leds.js";

export interface LampParts {
	readonly timers: Timers;
	readonly clock: Clock;
	readonly log: Log;
	readonly store: PatternStore;
	readonly leds: Leds;
	readonly options: PlayerOptions;
}

/** Told of what the lamp shows. */
export interface Onlooker {
	/** The LEDs have got another picture. */
	shown(now: number): void;
	/** Something that PLAYBACK tells is different. */
	changed(): void;
}

/**
 * The K1 as its owner sees it: plays stored patterns by their names, follows what is uploaded and deleted, and remembers over a loss of
 * power what it did.
 */
export class Lamp {
	readonly player: Player;
	/** mA that both strips may draw; 0: no limit. */
	readonly limit: number;
	/** The K1 plays, or is to play once it can; false: somebody has stopped it. */
	on = true;
	/** Name of the pattern that was played last, or is to be, stored or not; `nameLength` bytes, 0 where there was none. */
	readonly name = new Uint8Array(MAX_NAME);
	nameLength = 0;
	/** Why the lamp does not play by itself what it played before the start; empty where it does. */
	problem = "";
	readonly #store: PatternStore;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #beat: Beat;
	readonly #keeper: Keeper;
	readonly #onlookers: Onlooker[] = [];
	/** What the first light shows. */
	#condition = JOINING;
	#firstLight = false;
	// What the player was like when it was last looked at.
	#state = STOPPED;
	#frames = 0;
	#fps256 = 0;
	/** Brightness or gamma was on its way. */
	#moving = false;

	constructor({ timers, clock, log, store, leds, options }: LampParts) {
		this.player = new Player(options);
		this.limit = options.powerLimit;
		this.#store = store;
		this.#clock = clock;
		this.#log = log;
		this.#beat = new Beat(timers, clock, this.player, leds, (sent, now) => this.#look(sent, now));
		this.#keeper = new Keeper(
			timers,
			clock,
			() => this.#save(),
			(reason) => log.warn(`lamp: what it plays could not be saved: ${reason}`),
		);
	}

	/** Tells `onlooker` from now on. */
	watch(onlooker: Onlooker): void {
		this.#onlookers.push(onlooker);
	}

	/**
	 * Begins, dark, and with what was played before the start.
	 * @param careful play nothing by itself: what was played may be the reason for the start
	 */
	start(careful: boolean): void {
		const { player } = this;
		const now = this.#clock.now();
		const { on, brightness, gamma, name, nameLength } = this.#store.settings;
		this.on = on;
		this.#setName(name, 0, nameLength);
		player.setBrightness(brightness, 0, now);
		player.setGamma(gamma, 0, now);
		this.#keeper.start();
		this.#beat.start();
		if (careful) {
			this.problem = "stopped: the K1 has crashed three times in a row; PLAY starts the pattern again";
			this.#log.error(`lamp: ${this.problem}`);
		} else if (on && nameLength > 0) this.#try(name, 0, nameLength, now);
		this.#setFirstLight(now);
	}

	/** Lets the next picture be made if it is due: for whoever does one long thing after the other, and in between. */
	poll(now: number): void {
		if (now >= this.#beat.due) this.#beat.run(now);
	}

	/** Another condition for the first light to show (first-light.ts). */
	setCondition(condition: number): void {
		if (condition === this.#condition) return;
		this.#condition = condition;
		this.#firstLight = false;
		this.#setFirstLight(this.#clock.now());
		this.#beat.soon();
	}

	/**
	 * Plays the pattern of the name in bytes[start..end) from its start.
	 * @param time ms in which the picture of now goes over into it
	 * @param below live pictures go on over it
	 * @throws RefusedError NOT_STORED, or why it cannot be played: then nothing has changed
	 */
	play(bytes: Uint8Array, start: number, end: number, now: number, time = FADE, below = false): void {
		const source = this.#store.open(bytes, start, end);
		if (source === undefined) throw new RefusedError(NOT_STORED);
		try {
			this.player.play(source, now, time, below);
		} catch (error) {
			source.close();
			throw error;
		}
		this.on = true;
		this.problem = "";
		this.#setName(bytes, start, end);
		this.#changed(now);
	}

	/** Plays what was played last, from its start. @throws RefusedError NOTHING_PLAYED, or as `play` does */
	playLast(now: number, time = FADE): void {
		if (this.nameLength === 0) throw new RefusedError(NOTHING_PLAYED);
		this.play(this.name, 0, this.nameLength, now, time);
	}

	/** The pattern of the name in bytes[start..end) is what is played next, when nothing else is said. @throws RefusedError NOT_STORED */
	choose(bytes: Uint8Array, start: number, end: number, now: number): void {
		if (!this.#store.has(bytes, start, end)) throw new RefusedError(NOT_STORED);
		this.#setName(bytes, start, end);
		this.#changed(now);
	}

	/** Goes dark, and stays so over a loss of power. */
	stop(now: number, time = FADE): void {
		this.on = false;
		this.player.stop(now, time);
		this.#changed(now);
	}

	/** Lets the pattern stand still, if there is one. */
	pause(now: number): void {
		if (this.player.pause(now)) this.#changed(now);
	}

	/** Lets it go on. */
	resume(now: number): void {
		if (this.player.resume(now)) this.#changed(now);
	}

	/** Goes to a brightness of 0 to 255 in `time` ms. */
	setBrightness(target: number, time: number, now: number): void {
		this.player.setBrightness(target, time, now);
		this.#changed(now);
	}

	/** Goes to a gamma of 100 to 400 (times 100) in `time` ms. */
	setGamma(target: number, time: number, now: number): void {
		this.player.setGamma(target, time, now);
		this.#changed(now);
	}

	/** Shows a live picture: bytes[start..end) are R, G, B of the LEDs from `first` on. @throws RefusedError SHOW_INVALID */
	show(first: number, bytes: Uint8Array, start: number, end: number, now: number): void {
		try {
			this.player.show(first, bytes, start, end, now);
		} catch {
			throw new RefusedError(SHOW_INVALID);
		}
		this.#beat.soon();
	}

	/**
	 * A pattern of the name in bytes[start..end) was stored. A new version takes the old one's place at the end of its loop; where
	 * nothing plays though it may, what was played last is there again, or this is the first or the only one: then it plays.
	 */
	stored(bytes: Uint8Array, start: number, end: number, now: number): void {
		const same = this.#isName(bytes, start, end);
		if (this.player.playing) {
			const source = same ? this.#store.open(bytes, start, end) : undefined;
			if (source !== undefined) this.player.replace(source);
		} else if (this.on && this.problem === "" && (same || this.nameLength === 0 || this.#store.count === 1)) {
			this.#try(bytes, start, end, now);
		}
		this.#setFirstLight(now);
		this.#beat.soon();
	}

	/** The pattern of the name in bytes[start..end) was deleted: it fades out where it plays. */
	removed(bytes: Uint8Array, start: number, end: number, now: number): void {
		if (this.player.playing && this.#isName(bytes, start, end)) this.player.end(now);
		this.#setFirstLight(now);
		this.#beat.soon();
	}

	/** Plays a pattern that nobody has asked for just now, where that can be done. */
	#try(bytes: Uint8Array, start: number, end: number, now: number): void {
		try {
			this.play(bytes, start, end, now, FADE, true);
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			this.#log.infoSparingly(`lamp: "${decodeLatin1(bytes, start, end)}" does not play: ${error.refusal.reason}`);
		}
	}

	/** The first light is there as long as there is no pattern, and nobody has stopped the lamp. */
	#setFirstLight(now: number): void {
		const wanted = this.on && this.#store.count === 0;
		if (wanted === this.#firstLight) return;
		this.#firstLight = wanted;
		const condition = this.#condition;
		this.player.setBackdrop(wanted ? (colors) => paintFirstLight(condition, colors) : undefined, now);
	}

	#isName(bytes: Uint8Array, start: number, end: number): boolean {
		return compare(this.name, 0, this.nameLength, bytes, start, end) === 0;
	}

	#setName(bytes: Uint8Array, start: number, end: number): void {
		copy(this.name, 0, bytes, start, end);
		this.nameLength = end - start;
	}

	/** A command has changed something that is to be remembered, or told. */
	#changed(now: number): void {
		this.#setFirstLight(now);
		this.#keeper.changed(now);
		this.#tell();
		this.#beat.soon();
	}

	#tell(): void {
		const { player } = this;
		this.#state = player.state;
		this.#frames = player.frames;
		this.#fps256 = player.fps256;
		this.#moving = player.ramping;
		for (let i = 0; i < this.#onlookers.length; i++) this.#onlookers[i].changed();
	}

	/** After each time that the player was asked: what has changed by itself? */
	#look(sent: boolean, now: number): void {
		const { player } = this;
		if (player.trouble !== undefined) this.#report(player.trouble);
		const other = player.state !== this.#state || player.frames !== this.#frames || player.fps256 !== this.#fps256;
		if (other || (this.#moving && !player.ramping)) this.#tell();
		if (sent) for (let i = 0; i < this.#onlookers.length; i++) this.#onlookers[i].shown(now);
	}

	#report({ reason }: Refusal): void {
		this.player.trouble = undefined;
		this.#log.warn(`lamp: "${decodeLatin1(this.name, 0, this.nameLength)}" has ended: ${reason}`);
	}

	#save(): void {
		const { brightness, gamma } = this.player;
		this.#store.saveSettings(this.on, brightness.target, gamma.target, this.name, 0, this.nameLength);
	}
}
