import { deepEqual, ok } from "../../support/assert.js";
import { Replayed } from "../../support/replayed.js";
import { ascii } from "../../support/store.js";

/** What is said to be lost where these bytes stand at a damaged record's start; "kept" is stored by record 1. */
function lostOf(fill: (bytes: Uint8Array, view: DataView) => void): readonly string[] {
	const replayed = new Replayed();
	ok(replayed.put("kept", [3]));
	const { bytes } = replayed.record;
	bytes.fill(0xff);
	fill(bytes, new DataView(bytes.buffer));
	replayed.lost.addDamaged(replayed.record);
	return replayed.lost.names;
}

/** A PUT of so many bytes with this name, whose length is said to be `length`. */
function damagedPut(size: number, name: string, length = name.length) {
	return (bytes: Uint8Array, view: DataView): void => {
		bytes[4] = 0x50;
		bytes[5] = length;
		view.setUint32(12, size, true);
		const start = 24 + 2 * Math.ceil(size / 512);
		if (start + name.length <= bytes.length) bytes.set(ascii(name), start);
	};
}

describe("pattern store: what damaged records cost", () => {
	for (const [type, name] of [
		[0x4c, "LEASE"],
		[0x45, "ERASE"],
		[0x53, "SETTINGS"],
		[0x57, "WEAR"],
		[0x44, "DELETE"],
	] as const) {
		it(`is no pattern where it was ${name}`, () => {
			const lost = lostOf((bytes) => {
				damagedPut(600, "wave")(bytes, new DataView(bytes.buffer));
				bytes[4] = type;
			});
			deepEqual(lost, []);
		});
	}

	it("is the pattern that was moved, or one of which nothing is known", () => {
		for (const [low, high, name] of [
			[1, 0, "kept"],
			[2, 0, "?"],
			[1, 1, "?"],
		] as const) {
			const lost = lostOf((bytes, view) => {
				bytes[4] = 0x4d;
				view.setUint16(12, low, true);
				view.setUint16(14, high, true);
			});
			deepEqual(lost, [name]);
		}
	});

	for (const [title, fill, name] of [
		["a pattern of one sector", damagedPut(512, "wave"), "wave"],
		["a pattern of two", damagedPut(513, "wave"), "wave"],
		["the longest name", damagedPut(1, "a name of 32 bytes, not one more"), "a name of 32 bytes, not one more"],
		["a name of 33 bytes", damagedPut(1, "a name of 33 bytes, no, that many"), "?"],
		["no name", damagedPut(1, "", 0), "?"],
		// The buffer has 512 bytes: the list of 240 sectors ends at 504.
		["a name up to the end of what was read", damagedPut(240 * 512, "wavering"), "wavering"],
		["a name beyond it", damagedPut(240 * 512, "wavering", 9), "?"],
		["a size that cannot be", damagedPut(0xffffffff, "wave"), "?"],
	] as const) {
		it(`is told by name as far as that can be read: ${title}`, () => {
			deepEqual(lostOf(fill), [name]);
		});
	}

	it("is one pattern where even the type is no known one", () => {
		for (const type of [0x00, 0x51, 0xff]) {
			const lost = lostOf((bytes, view) => {
				damagedPut(600, "wave")(bytes, view);
				bytes[4] = type;
			});
			deepEqual(lost, ["?"]);
		}
	});

	it("is told in ASCII, for people: a ? for each byte that is not", () => {
		const lost = lostOf(damagedPut(1, "\x1f \x7e\x7f\x80\xff\x00A"));
		deepEqual(lost, ["? ~????A"]);
	});
});
