import {
	CRC_MISMATCH,
	FLASH_FAILED,
	NO_SPACE,
	PATTERN_EMPTY,
	PATTERN_TOO_LARGE,
	PATTERNS_FULL,
	PRISM_PAYLOAD_CRC,
	PRISM_REQUIRED,
	SIZE_MISMATCH,
} from "../../../modules/core/errors.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { prismFile } from "../../support/prism.js";
import {
	append,
	ascii,
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
} from "../../support/store.js";

/** CRC-32 of "123456789". */
const DIGITS_CRC = 0xcbf43926;
const DIGITS = ascii("123456789");

describe("pattern store: uploads", () => {
	it("takes a pattern in chunks of any size", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		const bytes = pattern(1300, 1);
		for (const chunk of [1, 7, SECTOR - 1, SECTOR, SECTOR + 1, 1300]) {
			upload(writer, "p", bytes, chunk);
			deepEqual(read(store, "p"), bytes);
		}
	});

	it("takes chunks out of the middle of a larger buffer, and empty ones", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		begin(writer, "p");
		writer.append(ascii("xx123"), 2, 5);
		writer.append(ascii("xx"), 1, 1);
		writer.append(ascii("456789x"), 0, 6);
		equal(writer.received, 9);
		equal(writer.crc, DIGITS_CRC);
		writer.validate(DIGITS_CRC);
		writer.commit();
		deepEqual(read(store, "p"), DIGITS);
	});

	it("needs no size beforehand", () => {
		const flash = smallFlash();
		const writer = mount(flash).writer();
		begin(writer, "p");
		append(writer, pattern(2222, 3));
		writer.validate();
		writer.commit();
		deepEqual(read(mount(flash), "p"), pattern(2222, 3));
	});

	it("copies the name at the start", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		const name = ascii("-wave-");
		writer.begin(name, 1, 5, -1, -1);
		name.fill(0x78);
		writer.append(DIGITS, 0, 9);
		writer.commit();
		deepEqual(names(store), ["wave"]);
	});

	it("refuses sizes over 524,288 bytes at once", () => {
		const writer = mount(smallFlash()).writer();
		throws(() => begin(writer, "p", 524_289), refused(PATTERN_TOO_LARGE));
		ok(!writer.active);
	});

	it("refuses at once what there is no room for", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		throws(() => begin(writer, "p", store.sizeBytes + 1), refused(NO_SPACE));
		begin(writer, "p", store.sizeBytes);
		throws(() => begin(store.writer(), "q", 1), refused(NO_SPACE));
		throws(() => begin(store.writer(), "q"), refused(NO_SPACE));
		writer.abort();
		begin(writer, "q", store.sizeBytes);
	});

	it("keeps what it has promised to an upload of known size", () => {
		const store = mount(smallFlash());
		const known = store.writer();
		const open = store.writer();
		begin(known, "known", 4 * SECTOR);
		begin(open, "open");
		throws(() => append(open, pattern(store.sizeBytes, 1)), refused(NO_SPACE));
		equal(store.usedBytes, 0);
		append(known, pattern(4 * SECTOR, 2));
		known.validate();
		known.commit();
		deepEqual(read(store, "known"), pattern(4 * SECTOR, 2));
	});

	it("fills the flash to the last sector, and takes it all back", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		const bytes = pattern(store.sizeBytes, 9);
		for (let round = 0; round < 2; round++) {
			upload(writer, "all", bytes);
			equal(store.usedBytes, store.sizeBytes);
			throws(() => begin(writer, "all", 1), refused(NO_SPACE));
			remove(store, "all");
			equal(store.usedBytes, 0);
		}
		equal(flash.violation, "");
	});

	it("refuses a 65th pattern, but not a new version of one of the 64", () => {
		const store = mount(smallFlash(128));
		const writer = store.writer();
		for (let i = 0; i < 63; i++) upload(writer, `p${i}`, DIGITS);
		const late = store.writer();
		begin(late, "late");
		append(late, DIGITS);
		upload(writer, "p63", DIGITS);
		throws(() => begin(writer, "p64", 9), refused(PATTERNS_FULL));
		throws(() => late.commit(), refused(PATTERNS_FULL));
		equal(store.usedBytes, 64 * SECTOR);
		// The last, and the first.
		for (const name of ["p63", "p0"]) {
			upload(writer, name, pattern(20, 1));
			deepEqual(read(store, name), pattern(20, 1));
		}
		equal(store.count, 64);
	});

	it("refuses an empty pattern", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		begin(writer, "p", 0);
		throws(() => writer.validate(), refused(PATTERN_EMPTY));
		begin(writer, "p");
		throws(() => writer.commit(), refused(PATTERN_EMPTY));
		equal(store.count, 0);
	});

	it("refuses to commit what was committed or aborted", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "p", DIGITS);
		const { operations } = flash;
		throws(() => writer.commit(), refused(PATTERN_EMPTY));
		equal(flash.operations, operations);
		begin(writer, "q");
		append(writer, DIGITS);
		writer.abort();
		throws(() => writer.commit(), refused(PATTERN_EMPTY));
		deepEqual(names(store), ["p"]);
		deepEqual(read(store, "p"), DIGITS);
	});

	it("refuses more or fewer bytes than declared", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		begin(writer, "p", 8);
		throws(() => append(writer, DIGITS), refused(SIZE_MISMATCH));
		ok(!writer.active);
		begin(writer, "p", 10);
		append(writer, DIGITS);
		throws(() => writer.validate(), refused(SIZE_MISMATCH));
		ok(!writer.active);
		equal(store.usedBytes, 0);
	});

	it("refuses bytes that the CRC-32 does not fit, given at the start or at the end", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		begin(writer, "p", 9, DIGITS_CRC + 1);
		append(writer, DIGITS);
		throws(() => writer.validate(), refused(CRC_MISMATCH));
		begin(writer, "p", 9, DIGITS_CRC);
		append(writer, DIGITS);
		throws(() => writer.validate(0), refused(CRC_MISMATCH));
		begin(writer, "p", 9, DIGITS_CRC);
		append(writer, DIGITS);
		writer.validate(DIGITS_CRC);
		writer.commit();
		equal(store.count, 1);
	});

	it("applies the .prism rules", () => {
		const store = mount(smallFlash(), true);
		const writer = store.writer();
		const bytes = prismFile();
		upload(writer, "good", bytes, 11);
		deepEqual(read(store, "good"), bytes);
		bytes[bytes.length - 6] ^= 1;
		throws(() => upload(writer, "bad", bytes), refused(PRISM_PAYLOAD_CRC));
		throws(() => upload(writer, "other", DIGITS), refused(PRISM_REQUIRED));
		deepEqual(names(store), ["good"]);
		equal(store.usedBytes, SECTOR);
	});

	it("leaves the old pattern alone until the new one is committed", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "p", pattern(600, 1));
		begin(writer, "p");
		append(writer, pattern(900, 2));
		deepEqual(read(store, "p"), pattern(600, 1));
		deepEqual(read(mount(flash), "p"), pattern(600, 1));
		writer.abort();
		deepEqual(read(store, "p"), pattern(600, 1));
		equal(store.usedBytes, 2 * SECTOR);
		writer.abort();
	});

	it("takes two uploads at a time, to the same name too: the later commit wins, whole", () => {
		const store = mount(smallFlash());
		const a = store.writer();
		const b = store.writer();
		begin(a, "p");
		begin(b, "p", 1400);
		for (let at = 0; at < 1400; at += 100) {
			a.append(pattern(1400, 1), at, at + 100);
			b.append(pattern(1400, 2), at, at + 100);
		}
		b.validate();
		b.commit();
		deepEqual(read(store, "p"), pattern(1400, 2));
		a.validate();
		a.commit();
		deepEqual(read(store, "p"), pattern(1400, 1));
		equal(store.usedBytes, 3 * SECTOR);
	});

	it("takes four uploads at a time: whoever is made for more must give it more places", () => {
		const store = mount(smallFlash());
		const writers = [0, 1, 2, 3, 4].map(() => store.writer());
		for (let i = 0; i < 4; i++) begin(writers[i], `p${i}`);
		throws(
			() => begin(writers[4], "p4"),
			(error) => String(error).includes("more than 4 uploads"),
		);
		writers[0].abort();
		begin(writers[4], "p4");
		for (let i = 1; i <= 4; i++) append(writers[i], DIGITS);
		for (let i = 1; i <= 4; i++) writers[i].commit();
		deepEqual(names(store), ["p1", "p2", "p3", "p4"]);
	});

	it("refuses when the flash fails, loses nothing, and goes on when it works again", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "p", pattern(600, 1));
		begin(writer, "p");
		append(writer, pattern(700, 2));
		flash.failing = true;
		throws(() => append(writer, pattern(700, 2)), refused(FLASH_FAILED));
		ok(!writer.active);
		throws(() => remove(store, "p"), refused(FLASH_FAILED));
		rest(store);
		deepEqual(read(store, "p"), pattern(600, 1));
		flash.failing = false;
		begin(writer, "q");
		append(writer, DIGITS);
		flash.failing = true;
		throws(() => writer.commit(), refused(FLASH_FAILED));
		flash.failing = false;
		deepEqual(names(store), ["p"]);
		rest(store);
		upload(writer, "q", pattern(2000, 3));
		const again = mount(flash);
		deepEqual(read(again, "p"), pattern(600, 1));
		deepEqual(read(again, "q"), pattern(2000, 3));
		equal(flash.violation, "");
	});
});
