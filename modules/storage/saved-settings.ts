/** What a K1 played, and how, so that it goes on with that after a loss of power. Kept in the journal. */

import { compare, copy } from "../bytes/bytes.js";
import { NAME_LENGTH } from "./geometry.js";

/** Brightness of a K1 that was never told another. */
const BRIGHTNESS = 255;
/** Gamma times 100: none. */
const GAMMA = 100;

export class SavedSettings {
	/** They have been saved once; else these are what a new K1 starts with. */
	saved = false;
	/** The K1 plays, or is to play once there is a pattern. */
	on = true;
	/** 0 to 255. */
	brightness = BRIGHTNESS;
	/** Gamma times 100, u16. */
	gamma = GAMMA;
	/** Name of the pattern that was played last, stored or not; `nameLength` bytes, 0 where there was none. */
	readonly name = new Uint8Array(NAME_LENGTH);
	nameLength = 0;

	/** Whether the name is name[start..end). */
	hasName(name: Uint8Array, start: number, end: number): boolean {
		return compare(this.name, 0, this.nameLength, name, start, end) === 0;
	}

	/** Takes the name in name[start..end). */
	setName(name: Uint8Array, start: number, end: number): void {
		copy(this.name, 0, name, start, end);
		this.nameLength = end - start;
	}

	/** As nothing has been saved. */
	clear(): void {
		this.saved = false;
		this.on = true;
		this.brightness = BRIGHTNESS;
		this.gamma = GAMMA;
		this.nameLength = 0;
	}
}
