/** The K1's LEDs: two strips of 160. In all buffers strip 1 comes first. */

/** LEDs of a strip. */
export const STRIP_LEDS = 160;
/** LEDs of both. */
export const ALL_LEDS = 2 * STRIP_LEDS;
/** Bytes of a strip, three for each LED. */
export const STRIP_BYTES = 3 * STRIP_LEDS;
/** Bytes of both. */
export const ALL_BYTES = 3 * ALL_LEDS;

/**
 * The order of channels that LEDs want, as `drive` takes it (render.ts).
 * @param channels each of R, G and B once, "GRB" for the K1's
 * @throws RangeError for anything else
 */
export function orderOf(channels: string): number {
	const places = [0, 1, 2].map((i) => "RGB".indexOf(channels.charAt(i)));
	if (channels.length !== 3 || new Set(places).size !== 3 || places.includes(-1)) {
		throw new RangeError(`"${channels}" is no order of LED channels; take one such as "GRB"`);
	}
	return places[0] + 4 * places[1] + 16 * places[2];
}
