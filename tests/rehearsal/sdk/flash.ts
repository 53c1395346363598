/** `embedded:storage/flash`: modules/io/flash/esp32/flash-esp32.c on the partition table of boards/k1. */
import type { NorFlash } from "../../support/nor-flash.js";

export default Object.freeze({
	open(options: { path: string }): NorFlash {
		if (options.path !== "patterns" || !chip.flash) throw new Error("can't find partition");
		return chip.flash;
	},
});
