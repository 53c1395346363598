import { equal, ok } from "../support/assert.js";
import type { NorFlash, Torn } from "../support/nor-flash.js";
import { save, settingsOf } from "../support/saved-settings.js";
import { mount, pattern, upload } from "../support/store.js";
import { usedFlash } from "../support/store-script.js";

describe("pattern store: settings at a power cut", function () {
	this.timeout(60_000);

	it("are as before, or all as they were to be, when the power fails at any operation", () => {
		for (const filling of [20, 79]) {
			const { flash: origin } = usedFlash(filling);
			save(mount(origin), true, 10, 100, "before");
			for (const torn of ["none", "half", "almost", "noise", "weak"] as Torn[]) {
				for (let at = 1, cut = true; cut; at++) {
					const flash = origin.clone();
					flash.cutAt(at, torn);
					try {
						save(mount(flash), false, 20, 220, "after");
					} catch (error) {
						if (!flash.off) throw error;
					}
					cut = flash.off;
					flash.powerOn();
					const found = settingsOf(mount(flash));
					ok(
						found === "saved on 10 100 before" || found === "saved off 20 220 after",
						`cut at ${at}, ${torn}: ${found}`,
					);
					if (!cut) equal(found, "saved off 20 220 after");
					goesOn(flash, found);
				}
			}
		}
	});
});

/** What was found stays, whatever the bits of the cut operation read as later. */
function goesOn(flash: NorFlash, found: string): void {
	upload(mount(flash).writer(), "next", pattern(600, 1));
	flash.fade();
	equal(settingsOf(mount(flash)), found);
	equal(flash.violation, "");
}
