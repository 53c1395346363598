/** What the specs of the lamp share: LEDs that remember, and a lamp on a store whose time is the spec's. */

import { Clock } from "../../modules/core/clock.js";
import { Log } from "../../modules/core/log.js";
import { Lamp } from "../../modules/lamp/lamp.js";
import type { Leds } from "../../modules/lamp/leds.js";
import { orderOf } from "../../modules/playback/strips.js";
import type { PatternStore } from "../../modules/storage/pattern-store.js";
import { FakePlatform } from "./fake-platform.js";
import type { NorFlash } from "./nor-flash.js";
import { solidFile } from "./prism.js";
import { ascii, mount, remove, smallFlash, upload } from "./store.js";

/** LEDs that take pictures and remember the last one. */
export class FakeLeds implements Leds {
	/** Pictures taken. */
	pictures = 0;
	/** They are busy with one: nothing is taken. */
	busy = false;
	/** The first LED of strip 1 in the last picture, G, R, B. */
	first = "";

	send(pixels: Uint8Array): boolean {
		if (this.busy) return false;
		this.pictures++;
		this.first = [...pixels.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
		return true;
	}
}

/** For specs that have nothing to do with light: no memory goes to it. */
export function noLamp(): Lamp {
	const nothing = () => {};
	return { stored: nothing, removed: nothing, watch: nothing, poll: nothing } as unknown as Lamp;
}

/** A lamp with its store, on a network without anybody. */
export class LampBench {
	readonly leds = new FakeLeds();
	readonly clock: Clock;
	readonly store: PatternStore;
	readonly lamp: Lamp;
	/** Lines of the log, without their time. */
	readonly lines: string[] = [];

	/** @param careful as for `Lamp.start`; undefined: it is not started */
	constructor(
		readonly flash: NorFlash = smallFlash(),
		careful: boolean | undefined = false,
		readonly platform: FakePlatform = new FakePlatform(),
		store?: PatternStore,
	) {
		this.clock = new Clock(() => this.platform.ticks);
		this.store = store ?? mount(flash);
		const log = new Log(
			"info",
			(line) => this.lines.push(line.slice(10)),
			() => this.clock.now(),
		);
		this.lamp = new Lamp({
			timers: this.platform.timer,
			clock: this.clock,
			log,
			store: this.store,
			leds: this.leds,
			options: { powerLimit: 0, milliampsPerLed: 55, order: orderOf("GRB") },
		});
		if (careful !== undefined) this.lamp.start(careful);
		this.pass(0);
	}

	get now(): number {
		return this.clock.now();
	}

	pass(milliseconds: number): void {
		this.platform.pass(milliseconds);
	}

	/** Stores a pattern whose frames are of one color each, 10 a second, and tells the lamp, as a session does. */
	put(name: string, colors: readonly string[]): void {
		this.putFile(name, solidFile(colors, 10));
	}

	putFile(name: string, file: Uint8Array): void {
		upload(this.store.writer(), name, file);
		const bytes = ascii(name);
		this.lamp.stored(bytes, 0, bytes.length, this.now);
	}

	remove(name: string): void {
		remove(this.store, name);
		const bytes = ascii(name);
		this.lamp.removed(bytes, 0, bytes.length, this.now);
	}

	play(name: string, time = 0): void {
		const bytes = ascii(name);
		this.lamp.play(bytes, 0, bytes.length, this.now, time);
	}

	/** The same K1 after a loss of power. */
	restart(careful = false): LampBench {
		return new LampBench(this.flash, careful);
	}

	/** What is saved, as text. */
	get saved(): string {
		const { saved, on, brightness, gamma, name, nameLength } = this.store.settings;
		const text = String.fromCharCode(...name.subarray(0, nameLength));
		return saved ? `${on ? "on" : "off"} ${brightness} ${gamma} ${text}` : "nothing";
	}
}
