import {
	BEGIN_INVALID,
	CRC_MISMATCH,
	END_INVALID,
	FRAME_TOO_SHORT,
	INVALID_TLV,
	LENGTH_MISMATCH,
	NAME_INVALID,
	NOT_STORED,
	PATTERN_EMPTY,
	PATTERN_TOO_LARGE,
	PRISM_REQUIRED,
	SIZE_MISMATCH,
	UPLOAD_TIMEOUT,
	UPLOAD_TOO_SLOW,
	VALUE_NOT_EMPTY,
} from "../../../modules/core/errors.js";
import { type Session, UPLOAD_LIMIT, UPLOAD_TIME } from "../../../modules/transfer/session.js";
import { DROPPING, IDLE, RECEIVING } from "../../../modules/transfer/state-table.js";
import { equal, ok } from "../../support/assert.js";
import { hex, toHex } from "../../support/hex.js";
import { prismFile } from "../../support/prism.js";
import { smallFlash } from "../../support/store.js";
import { Bench, codeOf, OK, reasonOf, SILENCE } from "../../support/transfer.js";

/** CRC-32 of the bytes aa bb. */
const CRC = "49822c98";

describe("a session's answers", () => {
	it("store a pattern and list it with size and CRC-32", () => {
		const bench = new Bench();
		const session = bench.session();
		equal(bench.say(session, "10 0001 61"), OK);
		equal(bench.say(session, "11 0001 aa"), SILENCE);
		equal(bench.say(session, "11 0000"), SILENCE);
		equal(bench.say(session, "11 0001 bb"), SILENCE);
		equal(bench.say(session, "12 0000"), OK);
		equal(bench.say(session, "21 0000"), `21000b01016100000002${CRC}`);
	});

	it("are errors with a code and a reason", () => {
		const cases = [
			["21", FRAME_TOO_SHORT],
			["21 0001", LENGTH_MISMATCH],
			["21 0000 00", LENGTH_MISMATCH],
			["21 0001 00", VALUE_NOT_EMPTY],
			["30 0001 00", VALUE_NOT_EMPTY],
			["10 0002 2f61", NAME_INVALID],
			["10 0003 610001", BEGIN_INVALID],
			["20 0002 612f", NAME_INVALID],
			["20 0000", NAME_INVALID],
			["20 0001 7a", NOT_STORED],
			["10 0006 61 00 00080001", PATTERN_TOO_LARGE],
		] as const;
		for (const [message, refusal] of cases) {
			const bench = new Bench();
			const answer = bench.say(bench.session(), message);
			equal(reasonOf(answer), refusal.reason, message);
			equal(codeOf(answer), refusal.code, message);
			equal(answer.slice(8, 16), "00000000", message);
			equal(bench.counters.errors, 1, message);
		}
	});

	it("count frames, errors and uploads under way", () => {
		const bench = new Bench();
		const session = bench.session();
		bench.say(session, "10 0001 61");
		equal(bench.counters.uploads, 1);
		bench.say(session, "7f 0000");
		equal(bench.counters.uploads, 0);
		equal(bench.counters.frames, 2);
		equal(bench.counters.errors, 1);
		equal(bench.counters.lastAsked, bench.now);
	});
});

describe("an upload", () => {
	function refusesAtEnd(begin: string, end: string, reason: string): void {
		const bench = new Bench();
		const session = bench.session();
		equal(bench.say(session, begin), OK);
		bench.say(session, "11 0002 aabb");
		equal(reasonOf(bench.say(session, end)), reason);
		equal(session.state, IDLE);
		equal(bench.store.count, 0);
	}

	it("with the right size and CRC-32 is stored", () => {
		const bench = new Bench();
		const session = bench.session();
		equal(bench.say(session, `10 000a 61 00 00000002 ${CRC}`), OK);
		bench.say(session, "11 0002 aabb");
		equal(bench.say(session, `12 0004 ${CRC}`), OK);
		equal(bench.store.count, 1);
	});

	it("with a wrong CRC-32 at its begin or end is refused", () => {
		refusesAtEnd("10 000a 61 00 00000002 00000000", "12 0000", CRC_MISMATCH.reason);
		refusesAtEnd("10 0001 61", "12 0004 00000000", CRC_MISMATCH.reason);
	});

	it("that is shorter than announced is refused", () => {
		refusesAtEnd("10 0006 61 00 00000003", "12 0000", SIZE_MISMATCH.reason);
	});

	it("with a malformed PUT_END is refused, and over", () => {
		refusesAtEnd("10 0001 61", "12 0001 00", END_INVALID.reason);
		refusesAtEnd("10 0001 61", "12 0001", LENGTH_MISMATCH.reason);
	});

	it("that is empty is refused", () => {
		const bench = new Bench();
		const session = bench.session();
		bench.say(session, "10 0001 61");
		equal(reasonOf(bench.say(session, "12 0000")), PATTERN_EMPTY.reason);
	});

	it("that grows past its size is refused at once, and its rest dropped in silence", () => {
		const bench = new Bench();
		const session = bench.session();
		bench.say(session, "10 0006 61 00 00000003");
		equal(bench.say(session, "11 0002 aabb"), SILENCE);
		equal(reasonOf(bench.say(session, "11 0002 aabb")), SIZE_MISMATCH.reason);
		equal(session.state, DROPPING);
		equal(bench.say(session, "11 0002 aabb"), SILENCE);
		equal(bench.say(session, "11 0003 aabb"), SILENCE, "malformed, but of the same upload");
		equal(bench.say(session, "12 0000"), SILENCE);
		equal(session.state, IDLE);
		equal(bench.counters.errors, 1);
	});

	it("whose PUT_BEGIN is refused is one error too", () => {
		const bench = new Bench();
		const session = bench.session();
		ok(reasonOf(bench.say(session, "10 0001 2e")) !== "");
		equal(bench.say(session, "11 0001 aa"), SILENCE);
		equal(bench.say(session, "12 0000"), SILENCE);
		equal(bench.say(session, "12 0000").slice(0, 2), "40", "the upload is over: this one is nobody's");
	});

	it("that fails leaves the stored pattern of its name as it was", () => {
		const bench = new Bench();
		const session = bench.session();
		for (const message of ["10 0001 61", "11 0002 aabb", "12 0000"]) bench.say(session, message);
		const list = bench.say(session, "21 0000");
		for (const message of ["10 0001 61", "11 0001 cc", "12 0004 00000000"]) bench.say(session, message);
		equal(bench.say(session, "21 0000"), list);
	});

	it("that its client leaves gives its room back", () => {
		const bench = new Bench();
		const session = bench.session();
		const used = bench.store.usedBytes;
		bench.say(session, "10 0001 61");
		bench.say(session, "11 0002 aabb");
		ok(bench.store.usedBytes > used);
		session.close();
		equal(bench.store.usedBytes, used);
		equal(bench.counters.uploads, 0);
	});

	it("that is not .prism is refused where that is required", () => {
		const bench = new Bench(smallFlash(), true);
		const session = bench.session();
		bench.say(session, "10 0001 61");
		bench.say(session, "11 0002 aabb");
		equal(reasonOf(bench.say(session, "12 0000")), PRISM_REQUIRED.reason);
	});

	it("of a .prism file is refused with the number of the frame that does not decode, and stores nothing", () => {
		const bench = new Bench();
		const session = bench.session();
		// Two LEDs, one color; the second frame has an index of 1.
		const payload = hex("0100 010203 00 0200 0000 00 0200 0001");
		const file = toHex(prismFile({ leds: 2, frames: 2, payload }));
		bench.say(session, "10 0001 61");
		bench.say(session, `11 ${(file.length / 2).toString(16).padStart(4, "0")} ${file}`);
		const answer = bench.say(session, "12 0000");
		equal(codeOf(answer), INVALID_TLV);
		equal(reasonOf(answer), "prism: index outside the palette in frame 1");
		equal(bench.store.count, 0);
		equal(bench.store.usedBytes, 0);
	});

	it("that waits 5 s for its next bytes is overdue; neither an empty chunk nor a question puts that off", () => {
		const bench = new Bench();
		const session = bench.session();
		bench.now += 60_000;
		bench.say(session, "10 0001 61");
		equal(session.overdue(bench.now + UPLOAD_LIMIT - 1), undefined);
		bench.now += 4000;
		bench.say(session, "11 0001 aa");
		equal(bench.counters.lastMoved, bench.now);
		equal(session.overdue(bench.now + UPLOAD_LIMIT - 1), undefined);
		const { lastMoved } = bench.counters;
		bench.now += 4000;
		bench.say(session, "11 0000");
		bench.say(session, "30 0000");
		equal(bench.counters.lastMoved, lastMoved);
		equal(session.overdue(lastMoved + UPLOAD_LIMIT - 1), undefined);
		equal(session.overdue(lastMoved + UPLOAD_LIMIT), UPLOAD_TIMEOUT);
		ok(session.refuse(0));
		equal(session.state, DROPPING);
		equal(session.overdue(bench.now + 9 * UPLOAD_LIMIT), undefined);
	});

	it("that comes at under 1,000 bytes a second is overdue after 30 s", () => {
		const bench = new Bench();
		const session = bench.session();
		bench.say(session, "10 0001 61");
		const began = bench.now;
		while (bench.now < began + UPLOAD_TIME) {
			bench.now += 3000;
			bench.say(session, "11 0001 aa");
		}
		equal(session.overdue(began + UPLOAD_TIME + 9), undefined);
		equal(session.overdue(began + UPLOAD_TIME + 10), UPLOAD_TOO_SLOW);
	});
});

describe("what is left of a failed upload", () => {
	function dropping(): [bench: Bench, session: Session] {
		const bench = new Bench();
		const session = bench.session();
		bench.say(session, "10 0001 61");
		bench.say(session, "7f 0000");
		equal(session.state, DROPPING);
		return [bench, session];
	}

	for (const [what, message] of [
		["a PUT_END that is malformed", "12 0001 00"],
		["a PUT_END of a wrong length", "12 0005 00"],
	]) {
		it(`${what} is dropped without a word, and ends it`, () => {
			const [bench, session] = dropping();
			equal(bench.say(session, message), SILENCE);
			equal(session.state, IDLE);
			equal(bench.counters.errors, 1);
		});
	}

	it("a PUT_CHUNK of a wrong length is dropped without a word", () => {
		const [bench, session] = dropping();
		equal(bench.say(session, "11 0005 00"), SILENCE);
		equal(session.state, DROPPING);
		equal(session.refuse(0x11), false);
		equal(session.refuse(0x12), false);
		equal(session.state, IDLE);
		equal(session.refuse(0x12), true, "what comes later is refused");
	});
});

describe("two sessions", () => {
	it("upload the same name at the same time; the later PUT_END wins, whole", () => {
		const bench = new Bench();
		const first = bench.session();
		const second = bench.session();
		for (const session of [first, second]) equal(bench.say(session, "10 0001 61"), OK);
		bench.say(first, "11 0001 01");
		bench.say(second, "11 0002 0203");
		bench.say(first, "11 0001 04");
		equal(bench.say(second, "12 0000"), OK);
		equal(bench.say(first, "12 0000"), OK);
		equal(bench.say(first, "21 0000").slice(0, 20), "21000b01016100000002");
		equal(bench.store.count, 1);
		equal(first.state, IDLE);
	});

	it("do not see each other's state", () => {
		const bench = new Bench();
		const first = bench.session();
		const second = bench.session();
		bench.say(first, "10 0001 61");
		equal(bench.say(second, "7f 0000").slice(0, 2), "40");
		equal(first.state, RECEIVING);
		equal(bench.say(second, "11 0001 aa").slice(0, 2), "40");
	});
});
