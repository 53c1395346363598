import { equal } from "../../support/assert.js";
import type { Chip } from "./chip.js";

/** LEDs of a strip that are looked at: as many as the first light has, and one. */
const LEDS = 5;

/** What is behind boards/esp32/leds.ts: tests/integration/led-driver has the rules of the real one. */
export class LedDriver {
	/** It does not start, with this message. */
	failure = "";
	/** The pins that it was started with. */
	pins = "";
	/** Pictures sent out. */
	pictures = 0;
	/** The first LEDs of strip 1 in the last picture, GRB each; dark ones at the end are left out. */
	shown = "nothing";
	/** The same of all pictures, one after the other, without repetitions. */
	readonly history: string[] = [];
	#busyUntil = 0;

	constructor(private readonly chip: Chip) {}

	start(one: number, two: number): void {
		equal(this.pins, "", "the SPI ports are taken once");
		if (this.failure !== "") throw new Error(this.failure);
		this.pins = `${one} ${two}`;
		// The low level before the first picture.
		this.#busyUntil = this.chip.now + 1;
	}

	send(pixels: Uint8Array): boolean {
		equal(pixels.length, 960);
		if (this.pins === "") throw new Error("the driver of the LEDs is closed");
		if (this.chip.now < this.#busyUntil) return false;
		this.#busyUntil = this.chip.now + 5;
		this.pictures++;
		this.shown = textOf(pixels);
		if (this.history[this.history.length - 1] !== this.shown) this.history.push(this.shown);
		return true;
	}
}

function textOf(pixels: Uint8Array): string {
	let text = "";
	for (let i = 0; i < 3 * LEDS; i++) text += pixels[i].toString(16).padStart(2, "0");
	return text.replace(/(?:000000)+$/, "") || "dark";
}
