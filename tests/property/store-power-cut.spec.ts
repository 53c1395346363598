import { NO_SPACE } from "../../modules/core/errors.js";
import { equal, ok, throws } from "../support/assert.js";
import type { NorFlash, Torn, WeakReads } from "../support/nor-flash.js";
import { append, begin, mount, pattern, read, refused, rest, SECTOR, upload } from "../support/store.js";
import { type CutRun, holds, runScript, type Stored, space, usedFlash } from "../support/store-script.js";

const LONG = process.env.K1_LONG !== undefined;
const TORN: readonly Torn[] = ["none", "half", "almost", "noise"];
/**
 * Pairs of records on the journal before the script: none; so many that the area is nearly full in an idle step, or
 * full in the middle of a commit; and so many that the pattern "old" is due to be moved.
 */
const FILLINGS = [0, 66, 76, 360];
/** How weak bits read at the first start after a cut, and at all that follow. */
const READINGS: readonly [WeakReads, WeakReads][] = [
	["done", "undone"],
	["undone", "done"],
	[3, 4],
];
/** Second cuts tried for each first one; all of them in the long run. */
const SECOND_CUTS = LONG ? Number.POSITIVE_INFINITY : 3;

/** The store on this flash keeps what it promises: the state before the cut step or the one after it, and goes on. */
function check(flash: NorFlash, run: CutRun, what: string): void {
	const store = mount(flash);
	const isAfter = holds(store, run.after);
	ok(isAfter || holds(store, run.before), `${what}: neither old nor new`);
	const stored = isAfter ? run.after : run.before;
	equal(store.usedBytes, space(stored, SECTOR), `${what}: space lost`);
	ok(holds(mount(flash), stored), `${what}: not stable`);
	goesOn(flash, stored, what);
}

/** A store that rests, takes a pattern and rests again keeps all the rest, and all space comes clean. */
function goesOn(flash: NorFlash, stored: Stored, what: string): void {
	const store = mount(flash);
	upload(store.writer(), "next", pattern(1000, 99));
	rest(store);
	equal(store.usedBytes + store.cleanBytes, store.sizeBytes, `${what}: space not clean`);
	ok(holds(store, { ...stored, next: { size: 1000, seed: 99 } }), `${what}: lost while going on`);
	ok(holds(mount(flash), { ...stored, next: { size: 1000, seed: 99 } }), `${what}: lost after going on`);
	equal(flash.violation, "", what);
}

/** Operations of a recovery as `recover` does it, until it ends or the power fails. */
function recover(flash: NorFlash): void {
	try {
		const store = mount(flash);
		for (let i = 0; i < 4; i++) store.tidy();
		if (!flash.off) upload(store.writer(), "again", pattern(600, 98));
		if (!flash.off) rest(store);
	} catch (error) {
		if (!flash.off) throw error;
	}
}

/** An upload takes all the space that is free and never ends. */
function fillUp(flash: NorFlash): void {
	const writer = mount(flash).writer();
	begin(writer, "endless");
	throws(() => append(writer, pattern(64 * SECTOR, 5)), refused(NO_SPACE));
}

function tidyOnce(flash: NorFlash): void {
	mount(flash).tidy();
}

describe("pattern store: power cuts", function () {
	this.timeout(600_000);

	for (const filling of FILLINGS) {
		it(`keeps its promises when cut at any operation, ${filling} records in`, () => {
			const { flash, stored } = usedFlash(filling);
			for (let cut = 1, finished = false; !finished; cut++) {
				for (const torn of TORN) {
					const victim = flash.clone();
					victim.cutAt(cut, torn);
					const run = runScript(victim, stored);
					finished = run.finished;
					victim.powerOn();
					check(victim, run, `cut at ${cut}, ${torn}`);
				}
			}
		});
	}

	// What was seen after one restart must hold after the next, though the last bits programmed read differently then.
	for (const filling of FILLINGS) {
		it(`never goes back on what it has shown, ${filling} records in`, () => {
			const { flash, stored } = usedFlash(filling);
			for (let cut = 1, finished = false; !finished; cut++) {
				[recover, fillUp, tidyOnce].forEach((goOn, i) => {
					for (const [first, then] of LONG ? READINGS : [READINGS[(cut + i) % READINGS.length]]) {
						const victim = flash.clone();
						victim.cutAt(cut, "weak");
						const run = runScript(victim, stored);
						finished = run.finished;
						victim.powerOn();
						victim.weakReads = first;
						goOn(victim);
						victim.weakReads = then;
						checkTwice(victim, run, `cut at ${cut}, weak bits read ${first}, then ${goOn.name}, ${then}`);
					}
				});
			}
		});
	}

	it("keeps its promises when the recovery is cut too", () => {
		const { flash, stored } = usedFlash(76);
		for (let cut = 1, finished = false; !finished; cut++) {
			for (const torn of TORN) {
				const first = flash.clone();
				first.cutAt(cut, torn);
				const run = runScript(first, stored);
				finished = run.finished;
				first.powerOn();
				const whole = first.clone();
				recover(whole);
				const operations = whole.operations;
				const stride = Math.max(1, Math.floor(operations / SECOND_CUTS));
				for (let again = 1 + (cut % stride); again <= operations; again += stride) {
					const second = first.clone();
					const how = TORN[(again + cut) % TORN.length];
					second.cutAt(again, how);
					recover(second);
					second.powerOn();
					checkTwice(second, run, `cut at ${cut}, ${torn}, then at ${again}, ${how}`);
				}
			}
		}
	});
});

/** As `check`, for a flash on which a recovery has been under way: the pattern that it adds may be there or not. */
function checkTwice(flash: NorFlash, run: CutRun, what: string): void {
	const store = mount(flash);
	const again: Stored = read(store, "again") ? { again: { size: 600, seed: 98 } } : {};
	check(
		flash,
		{ before: { ...run.before, ...again }, after: { ...run.after, ...again }, finished: run.finished },
		what,
	);
}
