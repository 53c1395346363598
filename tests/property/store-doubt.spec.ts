import { FLASH_FAILED } from "../../modules/core/errors.js";
import { deepEqual, equal, ok, throws } from "../support/assert.js";
import type { NorFlash } from "../support/nor-flash.js";
import {
	append,
	begin,
	mount,
	names,
	pattern,
	read,
	refused,
	remove,
	rest,
	SECTOR,
	smallFlash,
	upload,
	uploadSectors,
} from "../support/store.js";

/** Bytes in a journal area of the small flash. */
const AREA = 9 * SECTOR;
const OLD = pattern(700, 1);
const NEW = pattern(900, 2);

/** p is there, whole: one version or the other. */
function isWhole(flash: NorFlash, what: string): void {
	const bytes = read(mount(flash), "p");
	ok(bytes, `${what}: gone`);
	deepEqual(bytes, bytes?.length === OLD.length ? OLD : NEW, what);
}

describe("pattern store: while it is in doubt what the journal says", function () {
	this.timeout(60_000);

	it("does nothing to an old version's sectors on the word of a record that may read as none later", () => {
		for (let at = 1, cut = true; cut; at++) {
			const first = smallFlash();
			const writer = mount(first).writer();
			upload(writer, "p", OLD);
			first.cutAt(at, "weak");
			try {
				upload(writer, "p", NEW);
			} catch (error) {
				if (!first.off) throw error;
			}
			cut = first.off;
			first.powerOn();
			// Where the record reads as whole, the old version's sectors are free; the power fails again at any moment.
			for (let again = 1, more = true; more; again++) {
				const second = first.clone();
				second.weakReads = "done";
				second.cutAt(again, "none");
				try {
					const store = mount(second);
					upload(store.writer(), "q", pattern(30 * SECTOR, 3), SECTOR);
				} catch (error) {
					if (!second.off) throw error;
				}
				more = second.off;
				second.powerOn();
				second.weakReads = "undone";
				isWhole(second, `cut at ${at}, then at ${again}`);
				equal(second.violation, "");
			}
		}
	});

	it("erases nothing that a record names which was refused and may be there, even where another erase was announced", () => {
		const flash = smallFlash();
		const before = mount(flash);
		upload(before.writer(), "p", OLD);
		uploadSectors(before.writer(), "fill", before.sizeBytes / SECTOR - 6, 3);
		uploadSectors(before.writer(), "gone", 4, 4);
		remove(before, "gone");
		// Nothing is erased ahead, and four sectors are left, side by side: uploads erase on the spot, round and round.
		const store = mount(flash);
		const writer = store.writer();
		uploadSectors(writer, "gone", 4, 4);
		remove(store, "gone");
		begin(writer, "p", NEW.length);
		append(writer, NEW);
		writer.validate();
		flash.failAt(1, "done");
		throws(() => writer.commit(), refused(FLASH_FAILED));
		flash.powerOn();
		begin(writer, "q");
		append(writer, pattern(4 * SECTOR, 5));
		isWhole(flash, "after a restart");
		equal(flash.violation, "");
	});

	it("does not go back to the area before once a record was begun in the new one, however a doubtful one before reads by then", () => {
		for (const torn of ["half", "almost"] as const) {
			for (let at = 1, failed = true; failed; at++) {
				const flash = smallFlash();
				const before = mount(flash);
				upload(before.writer(), "p", OLD);
				const writer = before.writer();
				begin(writer, "new");
				append(writer, NEW);
				writer.validate();
				flash.cutAt(1, "weak");
				throws(() => writer.commit());
				flash.powerOn();
				// It reads as none, so areas are changed and its sectors are spoilt. Any operation fails, that of the first record among them.
				flash.weakReads = 0;
				const store = mount(flash);
				flash.failAt(at, torn);
				try {
					upload(store.writer(), "q", pattern(30, 3));
				} catch (error) {
					if (flash.off) throw error;
				}
				failed = flash.operations >= at;
				flash.powerOn();
				flash.weakReads = "done";
				const again = mount(flash);
				deepEqual(read(again, "p"), OLD, `operation ${at}`);
				for (const name of names(again)) ok(read(again, name), `operation ${at}: ${name}`);
				if (at > 200) throw new Error("operations without end");
			}
		}
	});

	/** A store whose other area takes no program, with four sectors to erase. */
	function stuck(): { flash: NorFlash; erases: () => number; store: ReturnType<typeof mount> } {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "p", pattern(4 * SECTOR, 1));
		upload(store.writer(), "q", pattern(SECTOR, 1));
		rest(store);
		const write = flash.write;
		flash.write = (view: Uint8Array, offset: number): void => {
			if (offset >= AREA && offset < 2 * AREA) throw new Error("takes no program");
			write.call(flash, view, offset);
		};
		return { flash, erases: () => flash.erases.reduce((sum, count) => sum + count, 0), store };
	}

	it("erases nothing in idle time once areas could not be changed, and does not try for ever", () => {
		const { flash, erases, store } = stuck();
		remove(store, "p");
		// Refused: whether it is there is open until areas have been changed.
		flash.failAt(1, "none");
		throws(() => remove(store, "q"), refused(FLASH_FAILED));
		for (let i = 0; i < 50; i++) store.tidy();
		const before = erases();
		for (let i = 0; i < 50; i++) store.tidy();
		equal(erases(), before);
		equal(store.cleanBytes, store.sizeBytes - 5 * SECTOR);
	});

	it("makes sectors ready in idle time also where areas could not be changed, as long as there is no doubt", () => {
		const { flash, store } = stuck();
		// So that less than an eighth of the area is left, and a change is tried and given up.
		for (let i = 0; i < 190; i++) store.saveSettings(true, i & 0xff, 100, new Uint8Array(0), 0, 0);
		for (let i = 0; i < 50; i++) store.tidy();
		remove(store, "p");
		for (let i = 0; i < 50; i++) store.tidy();
		equal(store.cleanBytes, store.sizeBytes - SECTOR);
		equal(flash.violation, "");
	});
});
