/** A frame for another number of LEDs: each has the middle of what lies where it is. */
export function resized(frame: Uint8Array, leds: number): Uint8Array {
	const width = frame.length / 3;
	if (width === leds) return frame;
	const target = new Uint8Array(3 * leds);
	for (let led = 0; led < leds; led++) {
		const start = (led * width) / leds;
		const end = ((led + 1) * width) / leds;
		for (let channel = 0; channel < 3; channel++) {
			let sum = 0;
			for (let x = Math.floor(start); x < end; x++) {
				sum += frame[3 * x + channel] * (Math.min(x + 1, end) - Math.max(x, start));
			}
			target[3 * led + channel] = Math.round(sum / (end - start));
		}
	}
	return target;
}
