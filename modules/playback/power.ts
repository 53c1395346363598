/** What the LEDs draw, counted as WLED does it: so much for a LED that is white, and 1 mA for its chip, lit or not. */

/** Sum of the channels of a white LED. */
const WHITE = 3 * 255;

/** mA for LEDs whose channels have this sum. @param perLed mA of a white one */
export function milliamps(sum: number, leds: number, perLed: number): number {
	return leds + Math.round((sum * perLed) / WHITE);
}

/** The sum of channels with which so many LEDs draw no more than `limit` mA, or as little as they can. */
export function sumWithin(limit: number, leds: number, perLed: number): number {
	return Math.floor((Math.max(0, limit - leds) * WHITE) / perLed);
}
