/**
 * From palette indices to what goes out to the LEDs, behind one specifier: this version for Node and browsers, on XS
 * natives, which are 100 times as fast there. Property tests compare the two byte for byte. Offsets are in bytes into
 * the given array and ends are exclusive; a range outside an array is a RangeError, and then nothing has been changed.
 */
import { checkRange, refuseUnless } from "../bytes/range.js";

/** Bytes of a palette: 65 times R, G, B, the last one for all indices that have no color. */
const PALETTE_BYTES = 3 * 65;
const NO_COLOR = 64;
/** log2(255) in 1/65,536. */
const LOG_255 = 523_918;
/** 2 to the power of -1/2, -1/4, -1/8 ... in 1/65,536. */
const ROOTS = Object.freeze([
	46_341, 55_109, 60_097, 62_757, 64_132, 64_830, 65_182, 65_359, 65_447, 65_492, 65_514, 65_525, 65_530, 65_533,
	65_535, 65_535,
]);

function writeColor(target: Uint8Array, at: number, palette: Uint8Array, paletteStart: number, index: number): void {
	const color = paletteStart + 3 * Math.min(index, NO_COLOR);
	target[at] = palette[color];
	target[at + 1] = palette[color + 1];
	target[at + 2] = palette[color + 2];
}

/**
 * Writes the colors of indices[from..to) as R, G, B to target[start..end), black behind them.
 * @param palette 65 colors from paletteStart on; indices above 64 have the last one
 */
export function paint(
	target: Uint8Array,
	start: number,
	end: number,
	indices: Uint8Array,
	from: number,
	to: number,
	palette: Uint8Array,
	paletteStart: number,
): void {
	checkRange(target, start, end);
	checkRange(indices, from, to);
	checkRange(palette, paletteStart, paletteStart + PALETTE_BYTES);
	refuseUnless(3 * (to - from) <= end - start);
	for (let i = 0; i < to - from; i++) writeColor(target, start + 3 * i, palette, paletteStart, indices[from + i]);
	target.fill(0, start + 3 * (to - from), end);
}

/**
 * The same for a strip of which each LED shows what it would have shown some frames ago. The ring is so many slots of
 * `stride` indices, the newest frame in slot `newest`, the one before in the slot before.
 * @param delays frames for each LED, below the number of slots; there are as many LEDs as delays
 */
export function paintDelayed(
	target: Uint8Array,
	start: number,
	end: number,
	ring: Uint8Array,
	stride: number,
	newest: number,
	delays: Uint8Array,
	leds: number,
	palette: Uint8Array,
	paletteStart: number,
): void {
	const slots = stride > 0 ? Math.floor(ring.length / stride) : 0;
	checkRange(target, start, end);
	checkRange(delays, 0, leds);
	refuseUnless(3 * leds <= end - start && leds <= stride && newest >= 0 && newest < slots);
	checkRange(palette, paletteStart, paletteStart + PALETTE_BYTES);
	for (let led = 0; led < leds; led++) {
		const ago = Math.min(delays[led], slots - 1);
		const slot = newest >= ago ? newest - ago : newest - ago + slots;
		writeColor(target, start + 3 * led, palette, paletteStart, ring[slot * stride + led]);
	}
	target.fill(0, start + 3 * leds, end);
}

/** Mixes from[start..end) into target[start..end): 256 leaves the target as it is, 0 makes it what is mixed in. */
export function mix(target: Uint8Array, from: Uint8Array, start: number, end: number, share: number): void {
	checkRange(target, start, end);
	checkRange(from, start, end);
	refuseUnless(share >= 0 && share <= 256);
	for (let i = start; i < end; i++) target[i] = (target[i] * share + from[i] * (256 - share) + 128) >> 8;
}

/**
 * Writes colors[start..end), R, G, B, to target[start..end) of another array, in the order and at the levels of the LEDs.
 * @param levels what each channel value becomes, 256 bytes
 * @param order which of R, G, B (0, 1, 2) comes first, second and third: first + 4 x second + 16 x third
 * @returns the sum of what was written
 */
export function drive(
	target: Uint8Array,
	colors: Uint8Array,
	start: number,
	end: number,
	levels: Uint8Array,
	order: number,
): number {
	checkRange(target, start, end);
	checkRange(colors, start, end);
	checkRange(levels, 0, 256);
	const [first, second, third] = [order & 3, (order >> 2) & 3, (order >> 4) & 3];
	refuseUnless((end - start) % 3 === 0 && first < 3 && second < 3 && third < 3);
	let sum = 0;
	for (let i = start; i < end; i += 3) {
		target[i] = levels[colors[i + first]];
		target[i + 1] = levels[colors[i + second]];
		target[i + 2] = levels[colors[i + third]];
		sum += target[i] + target[i + 1] + target[i + 2];
	}
	return sum;
}

/** Makes bytes[start..end) darker: each times share / 65,536, rounded down. Returns their sum. */
export function dim(bytes: Uint8Array, start: number, end: number, share: number): number {
	checkRange(bytes, start, end);
	refuseUnless(share >= 0 && share <= 65_536);
	let sum = 0;
	for (let i = start; i < end; i++) {
		bytes[i] = (bytes[i] * share) >> 16;
		sum += bytes[i];
	}
	return sum;
}

/**
 * Writes the 256 levels for `drive`: brightness x (value / 255) to the power of gamma, rounded, in integers so that it is
 * the same everywhere; off by less than 0.6 from the exact value.
 * @param gamma times 100, 100 to 400
 * @param brightness 0 to 255
 */
export function writeLevels(levels: Uint8Array, gamma: number, brightness: number): void {
	checkRange(levels, 0, 256);
	refuseUnless(gamma >= 100 && gamma <= 400 && brightness >= 0 && brightness <= 255);
	for (let value = 0; value < 256; value++) {
		levels[value] = gamma === 100 ? Math.floor((value * brightness + 127) / 255) : levelOf(value, gamma, brightness);
	}
}

function levelOf(value: number, gamma: number, brightness: number): number {
	if (value === 0) return 0;
	// By what power of 2 the result is below 1, in 1/65,536.
	const exponent = Math.floor(((LOG_255 - log2(value)) * gamma) / 100);
	const whole = exponent >> 16;
	if (whole > 8) return 0;
	let power = 65_536;
	for (let bit = 0; bit < 16; bit++) {
		if ((exponent & (0x8000 >> bit)) !== 0) power = Math.floor((power * ROOTS[bit]) / 65_536);
	}
	return (brightness * power + (0x8000 << whole)) >> (16 + whole);
}

/** log2 of 1 to 255 in 1/65,536, bit by bit: the square of a number has twice its logarithm. */
function log2(value: number): number {
	let whole = 0;
	while (value >> (whole + 1) !== 0) whole++;
	let log = whole << 16;
	let square = value << (15 - whole);
	for (let bit = 0x8000; bit !== 0; bit >>= 1) {
		square = Math.floor((square * square) / 32_768);
		if (square >= 65_536) {
			square >>>= 1;
			log |= bit;
		}
	}
	return log;
}

/**
 * Writes bytes[start..end) as the bits that an SPI port sends to the LEDs, to target[targetStart..], three times as many
 * bytes: each bit, the highest first, becomes 110 for a 1 and 100 for a 0.
 */
export function writeSignal(
	target: Uint8Array,
	targetStart: number,
	bytes: Uint8Array,
	start: number,
	end: number,
): void {
	checkRange(bytes, start, end);
	checkRange(target, targetStart, targetStart + 3 * (end - start));
	for (let i = start, at = targetStart; i < end; i++, at += 3) {
		let signal = 0;
		for (let bit = 0x80; bit !== 0; bit >>= 1) signal = (signal << 3) | ((bytes[i] & bit) !== 0 ? 6 : 4);
		target[at] = signal >> 16;
		target[at + 1] = signal >> 8;
		target[at + 2] = signal;
	}
}
