import { readSignal } from "../../../host-shim/led-signal.js";
import { dim, drive, mix, paint, paintDelayed, writeLevels, writeSignal } from "../../../modules/playback/render.js";
import { RESET_BYTES, signalLength } from "../../../modules/playback/signal.js";
import { orderOf } from "../../../modules/playback/strips.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";

/** 65 colors: (i, 2 i, 100 + i), and black. */
function palette(): Uint8Array {
	const bytes = new Uint8Array(195);
	for (let i = 0; i < 64; i++) bytes.set([i, 2 * i, 100 + i], 3 * i);
	return bytes;
}

function outside(run: () => void): void {
	throws(run, (error) => error instanceof RangeError);
}

describe("rendering", () => {
	it("gives indices their colors, and black to the LEDs behind them", () => {
		const target = new Uint8Array(15).fill(0xee);
		paint(target, 1, 13, hex("ff 03 3f ff"), 1, 3, palette(), 0);
		deepEqual(target, hex("ee 030667 3f7ea3 000000 000000 eeee"));
	});

	it("gives indices that have no color the last one", () => {
		const target = new Uint8Array(6).fill(0xee);
		paint(target, 0, 6, hex("40 ff"), 0, 2, palette(), 0);
		deepEqual(target, new Uint8Array(6));
	});

	it("takes each LED of a delayed strip from its own frame in the ring", () => {
		// Slots of two LEDs and a byte between them: frames 3, 4, 2 (slot 1 has the newest).
		const ring = hex("03 13 ff 04 14 ff 02 12 ff");
		const target = new Uint8Array(9).fill(0xee);
		for (const [delays, red] of [
			["0000", "0414"],
			["0100", "0314"],
			["0201", "0213"],
			["0900", "0214"],
		]) {
			paintDelayed(target, 0, 9, ring, 3, 1, hex(delays), 2, palette(), 0);
			deepEqual(Uint8Array.of(target[0], target[3], target[6], target[7], target[8]), hex(`${red} 000000`));
		}
	});

	it("mixes two pictures", () => {
		for (const [share, wanted] of [
			[0, "00 ff 64"],
			[64, "40 bf 64"],
			[128, "80 80 64"],
			[256, "ff 00 64"],
		] as const) {
			const target = hex("77 ff 00 64 77");
			mix(target, hex("11 00 ff 64 22"), 1, 4, share);
			deepEqual(target, hex(`77 ${wanted} 77`));
		}
	});

	it("puts channels into the LEDs' order, at their levels, and adds them up", () => {
		const levels = new Uint8Array(256).map((_, value) => value >> 1);
		for (const [order, wanted] of [
			["RGB", "08 10 20"],
			["GRB", "10 08 20"],
			["BRG", "20 08 10"],
			["GBR", "10 20 08"],
		]) {
			const target = new Uint8Array(6).fill(0xee);
			equal(drive(target, hex("00 00 00 10 20 40"), 3, 6, levels, orderOf(order)), 0x38);
			deepEqual(target, hex(`eeeeee ${wanted}`));
		}
	});

	it("knows no orders but those of R, G and B", () => {
		for (const order of ["", "RG", "RGBW", "RRB", "rgb", "GRX"]) {
			throws(
				() => orderOf(order),
				(error) => error instanceof RangeError && error.message.includes(`"${order}"`),
			);
		}
	});

	it("dims by a share of 65,536, and never upwards", () => {
		const bytes = hex("ff 80 01 00 ff");
		equal(dim(bytes, 0, 4, 65_536), 0x180);
		deepEqual(bytes, hex("ff 80 01 00 ff"));
		equal(dim(bytes, 0, 4, 32_768), 0x7f + 0x40);
		deepEqual(bytes, hex("7f 40 00 00 ff"));
		equal(dim(bytes, 0, 5, 0), 0);
	});

	it("leaves levels as they are at full brightness and gamma 1.0", () => {
		const levels = new Uint8Array(256);
		writeLevels(levels, 100, 255);
		for (let value = 0; value < 256; value++) equal(levels[value], value);
		writeLevels(levels, 100, 0);
		deepEqual(levels, new Uint8Array(256));
	});

	it("has levels as the formula has them, near enough that nobody sees it", () => {
		const levels = new Uint8Array(256);
		for (const gamma of [100, 101, 150, 220, 280, 333, 400]) {
			for (const brightness of [1, 17, 128, 254, 255]) {
				writeLevels(levels, gamma, brightness);
				equal(levels[0], 0);
				equal(levels[255], brightness);
				for (let value = 1; value < 256; value += 2) {
					const exact = brightness * (value / 255) ** (gamma / 100);
					ok(Math.abs(levels[value] - exact) < 0.6, `${value} at ${gamma}, ${brightness}: ${levels[value]}, ${exact}`);
					ok(levels[value] >= levels[value - 1]);
				}
			}
		}
	});

	it("makes a signal that keeps the data sheet's times for every byte, and a reset behind it", () => {
		const bytes = new Uint8Array(258).map((_, i) => i);
		const signal = new Uint8Array(signalLength(86));
		writeSignal(signal, 0, bytes, 0, 258);
		deepEqual(readSignal(signal), bytes);
		equal(signal.length, 3 * 258 + RESET_BYTES);
	});

	it("has lengths of whole words for DMA, on both strips", () => {
		equal(signalLength(160) % 4, 0);
		equal(signalLength(160), 1536);
	});

	it("writes a signal to any place from any bytes", () => {
		const signal = new Uint8Array(8).fill(0xaa);
		writeSignal(signal, 1, hex("00 ff 1e 00"), 1, 3);
		deepEqual(signal, hex("aa db6db6 926db4 aa"));
	});

	it("refuses ranges outside the bytes, and changes nothing", () => {
		const bytes = new Uint8Array(12).fill(7);
		const levels = new Uint8Array(256);
		const colors = palette();
		for (const run of [
			() => paint(bytes, 0, 13, bytes, 0, 1, colors, 0),
			() => paint(bytes, 0, 12, bytes, 0, 5, colors, 0),
			() => paint(bytes, 0, 12, bytes, 10, 13, colors, 0),
			() => paint(bytes, 0, 12, bytes, 0, 1, colors, 1),
			() => paintDelayed(bytes, 0, 12, bytes, 0, 0, levels, 0, colors, 0),
			() => paintDelayed(bytes, 0, 12, bytes, 4, 3, levels, 4, colors, 0),
			() => paintDelayed(bytes, 0, 12, bytes, 3, 0, levels, 4, colors, 0),
			() => paintDelayed(bytes, 0, 11, bytes, 4, 0, levels, 4, colors, 0),
			() => paintDelayed(bytes, 0, 12, bytes, 4, 0, new Uint8Array(3), 4, colors, 0),
			() => mix(bytes, levels, 0, 13, 0),
			() => mix(bytes, levels, 0, 12, 257),
			() => mix(bytes, new Uint8Array(11), 0, 12, 0),
			() => drive(bytes, colors, 0, 11, levels, 33),
			() => drive(bytes, colors, 0, 12, levels, 3),
			() => drive(bytes, colors, 0, 12, colors, 33),
			() => dim(bytes, 0, 13, 0),
			() => dim(bytes, 0, 12, 65_537),
			() => writeLevels(bytes, 100, 255),
			() => writeLevels(levels, 99, 255),
			() => writeLevels(levels, 401, 255),
			() => writeLevels(levels, 100, 256),
			() => writeSignal(bytes, 1, levels, 0, 4),
			() => writeSignal(bytes, 0, bytes, 12, 13),
		]) {
			outside(run);
		}
		deepEqual(bytes, new Uint8Array(12).fill(7));
	});
});
