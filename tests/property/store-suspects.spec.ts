import { FLASH_FAILED } from "../../modules/core/errors.js";
import type { PatternStore } from "../../modules/storage/pattern-store.js";
import { deepEqual, equal, ok, throws } from "../support/assert.js";
import type { NorFlash, WeakReads } from "../support/nor-flash.js";
import {
	append,
	ascii,
	begin,
	mount,
	names,
	pattern,
	read,
	refused,
	rest,
	SECTOR,
	smallFlash,
	upload,
} from "../support/store.js";
import { usedFlash } from "../support/store-script.js";

/** What may be going on when the power fails: on which flash, and what is done there. */
interface Scene {
	flash(): NorFlash;
	run(store: PatternStore, flash: NorFlash): void;
}

const SCENES: Record<string, Scene> = {
	"the first upload of all": {
		flash: () => smallFlash(),
		run: (store) => upload(store.writer(), "p", pattern(5 * SECTOR, 1), SECTOR),
	},
	"two uploads in turn": {
		flash: () => usedFlash(10).flash,
		run: (store) => {
			const first = store.writer();
			const second = store.writer();
			// Bytes that look erased: what is written first does not show.
			const blank = new Uint8Array(SECTOR >> 1).fill(0xff);
			begin(first, "p");
			first.append(blank, 0, blank.length);
			begin(second, "q");
			append(second, pattern(20 * SECTOR, 2), SECTOR);
			append(first, pattern(100, 3));
		},
	},
	"an upload after one whose lease was refused": {
		flash: () => smallFlash(),
		run: (store, flash) => {
			const writer = store.writer();
			// Up to the last sector but six, where a lease is short, one after the other; and all that are free are erased.
			for (let left = store.sizeBytes / SECTOR - 6; left > 0; left -= 10) {
				upload(writer, "p", pattern(Math.min(left, 10) * SECTOR, 1), SECTOR);
				store.remove(ascii("p"), 0, 1);
			}
			rest(store);
			upload(writer, "q", pattern(6 * SECTOR, 2), SECTOR);
			const write = flash.write;
			flash.write = (view: Uint8Array, offset: number): void => {
				if (view[4] === 0x4c && view.length === 31) throw new Error("takes no lease");
				write.call(flash, view, offset);
			};
			begin(writer, "r");
			throws(() => writer.append(ascii("r"), 0, 1), refused(FLASH_FAILED));
			flash.write = write;
			begin(writer, "s");
			append(writer, pattern(5 * SECTOR, 3), SECTOR);
		},
	},
	"an upload beside which sectors are erased": {
		flash: () => {
			const flash = smallFlash();
			const store = mount(flash);
			rest(store);
			upload(store.writer(), "p", pattern(3 * SECTOR, 1));
			return flash;
		},
		run: (store) => {
			store.remove(ascii("p"), 0, 1);
			const writer = store.writer();
			begin(writer, "q");
			append(writer, pattern(SECTOR, 2), SECTOR);
			for (let i = 0; i < 24; i++) store.tidy();
			append(writer, pattern(4 * SECTOR, 3), SECTOR);
		},
	},
	"erasing in idle time": {
		flash: () => {
			const { flash } = usedFlash(60);
			rest(mount(flash));
			upload(mount(flash).writer(), "p", pattern(12 * SECTOR, 1));
			return flash;
		},
		run: (store) => {
			store.remove(ascii("p"), 0, 1);
			for (let i = 0; i < 40; i++) store.tidy();
		},
	},
	"moving what lies still": {
		flash: () => {
			const flash = smallFlash();
			const store = mount(flash);
			const writer = store.writer();
			upload(writer, "still", pattern(6 * SECTOR, 1));
			for (let i = 0; i < 100; i++) upload(writer, "busy", pattern(4 * SECTOR, i));
			return flash;
		},
		run: (store) => {
			for (let i = 0; i < 90; i++) store.tidy();
		},
	},
};

/** What happens between the cut and the upload that fills the flash. */
const BETWEEN: Record<string, (flash: NorFlash) => void> = {
	nothing: () => {},
	"a restart that changes the settings": (flash) => saveOften(flash, 1),
	"a change of areas": (flash) => saveOften(flash, 200),
	"a change of areas after an upload that ended before its first byte": (flash) => {
		const store = mount(flash);
		const writer = store.writer();
		begin(writer, "none");
		writer.abort();
		saveOften(flash, 200, store);
	},
	"a change of areas in idle time": (flash) => {
		saveOften(flash, 200);
		for (let i = 0, store = mount(flash); i < 12; i++) store.tidy();
	},
};

function saveOften(flash: NorFlash, times: number, store = mount(flash)): void {
	for (let i = 0; i < times; i++) store.saveSettings(true, i & 0xff, 100, new Uint8Array(0), 0, 0);
}

describe("pattern store: sectors that read blank and are not", function () {
	this.timeout(120_000);

	for (const [what, scene] of Object.entries(SCENES)) {
		it(`are not taken for blank after ${what} was cut, whatever comes between`, () => {
			const origin = scene.flash();
			for (const [between, run] of Object.entries(BETWEEN)) {
				for (let at = 1, cut = true; cut; at++) {
					const flash = origin.clone();
					flash.cutAt(at, "weak");
					try {
						scene.run(mount(flash), flash);
					} catch (error) {
						if (!flash.off) throw error;
					}
					cut = flash.off;
					flash.powerOn();
					flash.weakReads = "undone";
					run(flash);
					fill(flash, `${what}, cut at ${at}, then ${between}`);
				}
			}
		});
	}

	it("are not taken for blank after a program that failed, when the next start comes", () => {
		for (const how of ["weak", "done"] as const) {
			const flash = smallFlash();
			const store = mount(flash);
			rest(store);
			const writer = store.writer();
			upload(writer, "p", pattern(20 * SECTOR, 1));
			begin(writer, "q");
			append(writer, pattern(SECTOR, 2), SECTOR);
			flash.failAt(1, how);
			throws(() => append(writer, pattern(SECTOR, 3), SECTOR), refused(FLASH_FAILED));
			flash.powerOn();
			// Other leases come, which do not name it.
			upload(writer, "r", pattern(17 * SECTOR, 4));
			flash.weakReads = "undone";
			fill(flash, how);
		}
	});
});

/** Fills all that is free with one pattern, which is whole however weak bits read then; and so are the others. */
function fill(flash: NorFlash, what: string): void {
	const store = mount(flash);
	const stored = names(store);
	const room = store.sizeBytes - store.usedBytes;
	const bytes = pattern(room, 9).fill(0xff);
	upload(store.writer(), "~", bytes, SECTOR);
	equal(store.usedBytes, store.sizeBytes, what);
	for (const reads of ["done", 3, "undone"] as WeakReads[]) {
		flash.weakReads = reads;
		const again = mount(flash);
		deepEqual(names(again), [...stored, "~"], what);
		for (const name of stored) ok(read(again, name), what);
		deepEqual(read(again, "~"), bytes, what);
	}
	equal(flash.violation, "", what);
}
