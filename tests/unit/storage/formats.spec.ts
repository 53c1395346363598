import { crc32 } from "../../../modules/bytes/bytes.js";
import { FORMAT, NewerFormatError } from "../../../modules/storage/area-header.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { FORMAT_1_IMAGES } from "../../support/format-1.js";
import type { NorFlash } from "../../support/nor-flash.js";
import { mount, names, pattern, read, rest, SECTOR, smallFlash, upload } from "../../support/store.js";
import { holds, space } from "../../support/store-script.js";

const MORE = { size: 700, seed: 90 };

function formatsOf(flash: NorFlash): number[] {
	const found = [0, 9 * SECTOR].map((at) => {
		const bytes = new Uint8Array(5);
		flash.read(bytes, at);
		return bytes[0] === 0x4b ? bytes[4] : 0;
	});
	return found;
}

/** CRC-32 of all there is. */
function contentOf(flash: NorFlash): number {
	const bytes = new Uint8Array(SECTOR);
	let crc = 0;
	for (let at = 0; at < flash.status().size; at += SECTOR) {
		flash.read(bytes, at);
		crc = crc32(crc, bytes, 0, SECTOR);
	}
	return crc;
}

describe("pattern store: formats", () => {
	for (const [name, make] of Object.entries(FORMAT_1_IMAGES)) {
		it(`takes over an image of format 1, ${name}, and writes nothing before the first change`, () => {
			const { flash, stored } = make();
			const { operations } = flash;
			const store = mount(flash);
			ok(holds(store, stored));
			equal(store.usedBytes, space(stored, SECTOR));
			ok(!store.settings.saved);
			deepEqual(store.lost, []);
			equal(flash.operations, operations);
			upload(store.writer(), "more", pattern(MORE.size, MORE.seed));
			ok(formatsOf(flash).includes(2));
			ok(holds(mount(flash), { ...stored, more: MORE }));
			rest(store);
			ok(!formatsOf(flash).includes(1), `formats ${formatsOf(flash)}`);
			equal(store.usedBytes + store.cleanBytes, store.sizeBytes);
			ok(holds(mount(flash), { ...stored, more: MORE }));
			equal(flash.violation, "");
		});
	}

	it("programs nothing in an area of format 1: it holds until the other one is open", () => {
		const { flash, stored } = FORMAT_1_IMAGES["with a long history"]();
		const write = flash.write;
		const places: number[] = [];
		flash.write = (view: Uint8Array, offset: number): void => {
			if (offset < 9 * SECTOR) places.push(offset);
			write.call(flash, view, offset);
		};
		upload(mount(flash).writer(), "more", pattern(MORE.size, MORE.seed));
		deepEqual(places, []);
		ok(holds(mount(flash), { ...stored, more: MORE }));
	});

	it("goes over from format 1 in idle time, too", () => {
		const { flash, stored } = FORMAT_1_IMAGES["with a long history"]();
		rest(mount(flash));
		deepEqual(formatsOf(flash).sort(), [0, 2]);
		ok(holds(mount(flash), stored));
	});

	it("refuses a format that is newer than the firmware, and changes nothing", () => {
		for (const area of [0, 9 * SECTOR]) {
			const flash = smallFlash();
			const store = mount(flash);
			upload(store.writer(), "a", pattern(600, 1));
			rest(store);
			const header = new Uint8Array(64);
			flash.read(header, 0);
			// Of a newer format is known how it starts, and no more.
			header.fill(0x55, 8);
			header[4] = FORMAT + 1;
			header[5] = (FORMAT + 1) ^ 0xff;
			header.forEach((byte, i) => {
				flash.corrupt(area + i, byte);
			});
			const before = contentOf(flash);
			const { operations } = flash;
			throws(
				() => mount(flash),
				(error: unknown) => error instanceof NewerFormatError && error.message.includes("format 3"),
			);
			equal(flash.operations, operations);
			equal(contentOf(flash), before);
		}
	});

	it("does not take one damaged bit for a newer format", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "a", pattern(600, 1));
		for (const at of [4, 5, 36, 37]) {
			for (let bit = 0; bit < 8; bit++) {
				const victim = flash.clone();
				const view = new Uint8Array(1);
				victim.read(view, at);
				victim.corrupt(at, view[0] ^ (1 << bit));
				deepEqual(read(mount(victim), "a"), pattern(600, 1));
			}
		}
		equal(names(mount(flash)).length, 1);
	});
});
