import { readSignal } from "../../host-shim/led-signal.js";
import Leds from "../../host-shim/node/leds.js";
import { deepEqual, equal, ok, throws } from "../support/assert.js";

/** The signal of bits given as text, and so many bytes of low level behind it. */
function signal(bits: string, reset = 88): Uint8Array {
	const bytes = new Uint8Array(Math.ceil(bits.length / 8) + reset);
	for (let i = 0; i < bits.length; i++) if (bits[i] === "1") bytes[i >> 3] |= 0x80 >> (i & 7);
	return bytes;
}

/** A byte as it should be, and its first bit in another form. */
function byte(first: string): string {
	return first + "100".repeat(7);
}

describe("the LEDs' reading of their signal", () => {
	it("takes what the data sheet has, 0.4 us a bit", () => {
		deepEqual(readSignal(signal(byte("110"))), new Uint8Array([0x80]));
		deepEqual(readSignal(signal(byte("100"))), new Uint8Array([0]));
	});

	it("refuses a level that is too long, too short or does not fit its bit", () => {
		for (const first of ["1110", "11100", "1100", "10", "1000", ""]) {
			throws(
				() => readSignal(signal(byte(first))),
				(error) => error instanceof Error,
			);
		}
	});

	it("refuses a byte that is not whole, and less than 280 us of low level at the end", () => {
		throws(
			() => readSignal(signal("100".repeat(7))),
			(error) => error instanceof Error && error.message === "7 bits",
		);
		throws(
			() => readSignal(signal(byte("100"), 86)),
			(error) => error instanceof Error && /at the end/.test(error.message),
		);
	});
});

describe("the virtual strips of Node", () => {
	async function free(leds: Leds, pixels: Uint8Array): Promise<void> {
		while (!leds.send(pixels)) await new Promise((resolve) => setTimeout(resolve, 1));
	}

	it("read colors, green first, are busy for 4.9 ms, and tell of each picture", async () => {
		const pixels = new Uint8Array(960).map((_, i) => i * 7 + (i >> 8));
		const told: Uint8Array[] = [];
		globalThis.onPicture = (colors) => told.push(colors.slice());
		const start = performance.now();
		const leds = new Leds();
		await free(leds, pixels);
		ok(leds.began - start >= 0.3072, "the low level before the first picture");
		const first = leds.began;
		const colors = new Uint8Array(960);
		equal(leds.read(colors), 1);
		deepEqual(
			colors,
			pixels.map((_, i) => pixels[i - (i % 3) + [1, 0, 2][i % 3]]),
		);
		deepEqual(told, [colors]);
		await free(leds, pixels);
		globalThis.onPicture = undefined;
		ok(leds.began - first >= 4.9152, "busy until then");
		equal(told.length, 2);
		throws(
			() => leds.send(new Uint8Array(480)),
			(error) => error instanceof RangeError,
		);
		leds.close();
		throws(
			() => leds.send(pixels),
			(error) => error instanceof Error && /closed/.test(error.message),
		);
	});
});
