/**
 * What a K1 that has no pattern yet shows of its own state: a few LEDs at the start of strip 1, dim. How many there are says as much as
 * their color does, for those who do not see it.
 */

/** What can be shown, by the number of LEDs. */
export const JOINING = 1;
export const SET_UP = 2;
export const READY = 3;
export const FAILED = 4;

/** Of 255: seen in a lit room, quiet in a dark one. */
const DIM = 24;

/** Paints it, R, G, B, on LEDs that are dark. */
export function paintFirstLight(condition: number, colors: Uint8Array): void {
	for (let led = 0; led < condition; led++) {
		// JOINING is blue, SET_UP yellow, READY green, FAILED red.
		if (condition === SET_UP || condition === FAILED) colors[3 * led] = DIM;
		if (condition === SET_UP || condition === READY) colors[3 * led + 1] = DIM;
		if (condition === JOINING) colors[3 * led + 2] = DIM;
	}
}
