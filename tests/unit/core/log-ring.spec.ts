import { decodeLatin1 } from "../../../modules/bytes/bytes.js";
import { LOG_LEVELS, Log } from "../../../modules/core/log.js";
import { LEFT_OUT, LINE_CHARACTERS, LINE_HEAD, LINE_SIZE, LogRing } from "../../../modules/core/log-ring.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { toHex } from "../../support/hex.js";
import { Random } from "../../support/random.js";

const EURO = "\u20ac";
/** The same, a character for each byte of its UTF-8. */
const EURO_BYTES = "\u00e2\u0082\u00ac";

const target = new Uint8Array(10 + LINE_SIZE);

/** A reader of a ring. */
class Reader {
	line = 0;
	place = 0;

	constructor(private readonly ring: LogRing) {}

	/** What it can read now, as `level text`. */
	take(level = 4): string[] {
		const lines: string[] = [];
		for (;;) {
			const end = this.ring.read(this, level, 7000, target, 10);
			if (end === 10) return lines;
			lines.push(`${target[10]} ${decodeLatin1(target, 10 + LINE_HEAD, end)}`);
		}
	}
}

describe("LogRing", () => {
	it("gives each reader the lines in their order, as bytes with level and time", () => {
		const ring = new LogRing();
		const reader = new Reader(ring);
		ok(!ring.has(reader));
		equal(ring.read(reader, 4, 0, target, 10), 10);
		ring.add(3, 0x01020304, "hi");
		ok(ring.has(reader));
		equal(ring.read(reader, 4, 0, target, 10), 17);
		equal(toHex(target, 10, 17), "03010203046869");
		ring.add(1, 0x1_0000_0005, "a");
		ring.add(4, 6, "b");
		deepEqual(reader.take(), ["1 a", "4 b"]);
		deepEqual(reader.take(), []);
		const late = new Reader(ring);
		deepEqual(late.take(3), ["3 hi", "1 a"]);
		ok(!ring.has(late), "who wants no more has none to wait for");
	});

	it("says how many lines are gone that a reader has not had, and goes on with those that are there", () => {
		const ring = new LogRing();
		const reader = new Reader(ring);
		for (let i = 0; i < 100; i++) ring.add(3, i, `line ${i} ${"x".repeat(60)}`);
		const [mark, first, ...rest] = reader.take();
		const missed = 100 - 1 - rest.length;
		equal(mark, `${LEFT_OUT} ${missed} lines were left out`);
		ok(first.startsWith(`3 line ${missed} `), first);
		ok(rest.length > 20, `${rest.length}`);
		ok(rest.at(-1)?.startsWith("3 line 99 "));
		deepEqual(reader.take(), []);
		ring.rewind(reader);
		equal(reader.take()[0], first);
	});

	it("keeps so much of a long line, whatever its characters", () => {
		const ring = new LogRing();
		const reader = new Reader(ring);
		ring.add(2, 0, EURO.repeat(500));
		ring.add(2, 0, "end");
		deepEqual(reader.take(), [`2 ${EURO_BYTES.repeat(LINE_CHARACTERS)}`, "2 end"]);
	});

	it("has what a list would have, at every length of line and whoever reads when", () => {
		const random = new Random(20);
		for (let round = 0; round < 6; round++) {
			const ring = new LogRing();
			const reader = new Reader(ring);
			const all: string[] = [];
			let had = 0;
			for (let i = 0; i < 60; i++) {
				const length = random.below(LINE_CHARACTERS - 3);
				const wide = i % 3 === 0;
				ring.add(3, i, `${i}${(wide ? EURO : "y").repeat(length)}`);
				all.push(`3 ${i}${(wide ? EURO_BYTES : "y").repeat(length)}`);
				if (random.below(20) > 0) continue;
				const lines = reader.take();
				if (lines[0].startsWith("0 ")) {
					const missed = Number.parseInt(lines[0].slice(2), 10) || 1;
					had += missed;
					lines.shift();
				}
				equal(lines.join(), all.slice(had).join());
				had = all.length;
			}
		}
	});
});

describe("the readers of a log", () => {
	function make(level: string) {
		const printed: string[] = [];
		const log = new Log(
			level,
			(line) => printed.push(line.slice(16)),
			() => 5,
		);
		const reader = log.reader();
		const take = () => {
			let text = "";
			for (let end = reader.read(target, 0); end > 0; end = reader.read(target, 0)) {
				text += `${LOG_LEVELS[target[0]]} ${decodeLatin1(target, LINE_HEAD, end)};`;
			}
			return text;
		};
		return { log, reader, printed, take };
	}

	it("get what was printed before, up to their level, and then what comes", () => {
		const { log, reader, take } = make("info");
		log.info("before");
		log.warn("of both");
		log.debug("not kept");
		ok(!reader.due, "who has not asked is not told");
		reader.ask(2);
		ok(reader.due);
		equal(take(), "warn of both;");
		log.error("now");
		equal(take(), "error now;");
		reader.ask(3);
		equal(take(), "info before;warn of both;error now;");
		reader.ask(0);
		log.error("late");
		ok(!reader.due);
	});

	it("get more than is printed where they want it, as long as they do", () => {
		const { log, reader, printed, take } = make("silent");
		log.info("nobody hears it");
		equal(log.tells(1), false);
		const other = log.reader();
		reader.ask(4);
		other.ask(1);
		equal(log.tells(4), true);
		log.debug("heard");
		log.infoSparingly("too");
		equal(take(), "debug heard;info too;");
		reader.ask(0);
		equal(log.tells(1), true);
		equal(log.tells(2), false);
		other.ask(0);
		equal(log.tells(1), false);
		deepEqual(printed, []);
	});
});
