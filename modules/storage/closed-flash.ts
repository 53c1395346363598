import type { FlashPort } from "./flash-port.js";

const SECTORS = 64;
const SECTOR_LENGTH = 4096;

/**
 * Stands in for a flash that may not be touched, or is not there: it reads as erased and takes nothing. A store on it is
 * empty and refuses every upload, so a K1 comes up and can say what is the matter.
 */
export const closedFlash: FlashPort = Object.freeze({
	read(view: Uint8Array): number {
		view.fill(0xff);
		return view.length;
	},

	write(): void {
		throw new Error("the flash is closed");
	},

	eraseBlock(): void {
		throw new Error("the flash is closed");
	},

	status() {
		return { size: SECTORS * SECTOR_LENGTH, blocks: SECTORS, blockLength: SECTOR_LENGTH };
	},
});
