import { equal, ok } from "../support/assert.js";
import { FORMAT_1_IMAGES } from "../support/format-1.js";
import type { NorFlash, Torn, WeakReads } from "../support/nor-flash.js";
import { mount, pattern, rest, upload } from "../support/store.js";
import { holds, type Stored } from "../support/store-script.js";

const MORE = { size: 700, seed: 90 };

describe("pattern store: going over from format 1", function () {
	this.timeout(60_000);

	it("loses nothing when it is cut at any operation, however the last bits read", () => {
		for (const [name, make] of Object.entries(FORMAT_1_IMAGES)) {
			const { flash: origin, stored } = make();
			for (let at = 1, cut = true; cut; at++) {
				for (const torn of ["none", "half", "almost", "noise", "weak"] as Torn[]) {
					const flash = origin.clone();
					flash.cutAt(at, torn);
					try {
						const store = mount(flash);
						for (let i = 0; i < 12; i++) store.tidy();
						upload(store.writer(), "more", pattern(MORE.size, MORE.seed));
						rest(store);
					} catch (error) {
						if (!flash.off) throw error;
					}
					cut = flash.off;
					flash.powerOn();
					check(flash, stored, `${name}, cut at ${at}, ${torn}`, at);
				}
			}
		}
	});
});

/** All is there, with the pattern that was being added or without; what is added then stays, whatever weak bits read as. */
function check(flash: NorFlash, stored: Stored, what: string, at: number): void {
	const readings: WeakReads[] = ["undone", "done", 3];
	flash.weakReads = readings[at % 3];
	const store = mount(flash);
	const added: Stored = holds(store, stored) ? stored : { ...stored, more: MORE };
	ok(holds(store, added), what);
	upload(store.writer(), "last", pattern(MORE.size, MORE.seed + 1));
	const last: Stored = { ...added, last: { size: MORE.size, seed: MORE.seed + 1 } };
	for (let i = 1; i <= 3; i++) {
		flash.weakReads = readings[(at + i) % 3];
		ok(holds(mount(flash), last), `${what}, after restart ${i}`);
	}
	equal(flash.violation, "", what);
}
