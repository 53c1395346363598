import fc from "fast-check";
import { RefusedError } from "../../modules/core/errors.js";
import type { PatternStore } from "../../modules/storage/pattern-store.js";
import type { Upload } from "../../modules/storage/upload.js";
import { equal, ok } from "../support/assert.js";
import { fuzz } from "../support/fuzz-settings.js";
import type { NorFlash, Torn, WeakReads } from "../support/nor-flash.js";
import { append, ascii, begin, mount, names, pattern, read, remove, SECTOR, smallFlash } from "../support/store.js";

/**
 * What may happen to a store: two uploads going on, deletions, settings, idle time, restarts, a flash that fails for a
 * while or at one operation, with or without effect, sectors that refuse, power cuts torn in every way, and bits of what
 * was cut that read differently at each start.
 */
type Action =
	| { kind: "begin"; writer: number; name: string; size: number; declared: boolean }
	| { kind: "append"; writer: number; share: number }
	| { kind: "commit"; writer: number }
	| { kind: "put"; name: string; size: number }
	| { kind: "abort"; writer: number }
	| { kind: "remove"; name: string }
	| { kind: "save"; brightness: number; name: string }
	| { kind: "tidy"; steps: number }
	| { kind: "restart"; reads: WeakReads }
	| { kind: "failing"; on: boolean }
	| { kind: "fail"; at: number; torn: Torn }
	| { kind: "cut"; at: number; torn: Torn }
	| { kind: "refuse"; sector: number; on: boolean };

const name = fc.constantFrom("a", "b", "wave", "wave 2", "a much longer name, 32 bytes all");
const writer = fc.nat({ max: 1 });
const size = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9000 }));
const reads: fc.Arbitrary<WeakReads> = fc.oneof(
	fc.constantFrom("done" as const, "undone" as const),
	fc.nat({ max: 99 }),
);
const at = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 60 }));
const torn = fc.constantFrom<Torn>("none", "half", "almost", "noise", "weak", "weak", "done");
/** A call that fails while the power stays on leaves no weak bits but by a program. */
const failed = fc.constantFrom<Torn>("none", "half", "done", "done");

function one<K extends string, T>(kind: K, fields: { [F in keyof T]: fc.Arbitrary<T[F]> }) {
	return fc.record({ kind: fc.constant(kind), ...fields }) as fc.Arbitrary<{ kind: K } & T>;
}

const action: fc.Arbitrary<Action> = fc.oneof(
	{ weight: 4, arbitrary: one("begin", { writer, name, size, declared: fc.boolean() }) },
	{ weight: 6, arbitrary: one("append", { writer, share: fc.constantFrom(0.3, 1) }) },
	{ weight: 4, arbitrary: one("commit", { writer }) },
	{ weight: 5, arbitrary: one("put", { name, size }) },
	{ weight: 1, arbitrary: one("abort", { writer }) },
	{ weight: 2, arbitrary: one("remove", { name }) },
	{ weight: 2, arbitrary: one("save", { brightness: fc.nat({ max: 255 }), name }) },
	{ weight: 3, arbitrary: one("tidy", { steps: fc.nat({ max: 60 }) }) },
	{ weight: 2, arbitrary: one("restart", { reads }) },
	{ weight: 1, arbitrary: one("failing", { on: fc.boolean() }) },
	{ weight: 2, arbitrary: one("fail", { at, torn: failed }) },
	{ weight: 3, arbitrary: one("cut", { at, torn }) },
	{ weight: 1, arbitrary: one("refuse", { sector: fc.integer({ min: 18, max: 63 }), on: fc.boolean() }) },
);

interface Transfer {
	name: string;
	bytes: Uint8Array;
	sent: number;
}

/** What a store holds: the patterns by name, and the settings under a name that no pattern has. */
type Content = Map<string, Uint8Array>;

const SETTINGS = "/";

/** A store on a flash of many troubles, and a model of what it holds. */
class Run {
	readonly flash: NorFlash = smallFlash();
	#store: PatternStore = mount(this.flash);
	#writers: Upload[] = [];
	#transfers: (Transfer | undefined)[] = [];
	#seed = 0;
	/** What is stored as far as anybody was told, the store itself included. */
	#now: Content = new Map();
	/** What the flash may turn out to hold at a restart: `now`, or one of the changes that were refused or cut since the last that was not. */
	#possible: Content[] = [this.#now];

	constructor() {
		this.#started();
	}

	do(step: Action): void {
		const { flash } = this;
		this.#act(step);
		if (flash.off) {
			flash.powerOn();
			this.#restart();
		}
		ok(this.#shows(this.#store, this.#now), `${step.kind}: the store does not hold what it should`);
		equal(flash.violation, "", step.kind);
	}

	/** In the end, with a flash that works, all is there, and all space that is not taken can be had. */
	end(): void {
		const { flash } = this;
		flash.failing = false;
		flash.refusing.clear();
		flash.powerOn();
		for (const how of ["done", "undone", 5] as WeakReads[]) {
			flash.weakReads = how;
			this.#restart();
		}
		for (let steps = 0; this.#store.tidy(); steps++) ok(steps < 500, "idle work without end");
		const stored = Array.from(this.#now).filter(([key]) => key !== SETTINGS);
		const space = stored.reduce((sum, [, bytes]) => sum + Math.ceil(bytes.length / SECTOR) * SECTOR, 0);
		equal(this.#store.usedBytes, space);
		equal(this.#store.cleanBytes, this.#store.sizeBytes - space);
		const largest = stored.sort(([, a], [, b]) => b.length - a.length);
		for (const [name] of largest) {
			if (this.#store.sizeBytes - this.#store.usedBytes >= 2 * SECTOR) break;
			this.#act({ kind: "remove", name });
		}
		this.#put("last", 2 * SECTOR);
		ok(this.#now.has("last"), "refused in the end");
		for (const how of ["undone", "done"] as WeakReads[]) {
			flash.weakReads = how;
			ok(this.#shows(mount(flash), this.#now), "not there in the end");
		}
		equal(flash.violation, "");
	}

	#act(step: Action): void {
		const { flash } = this;
		switch (step.kind) {
			case "begin": {
				const bytes = pattern(step.size, ++this.#seed);
				const size = step.declared ? step.size : -1;
				const begun = this.#attempt(() => begin(this.#writers[step.writer], step.name, size));
				this.#transfers[step.writer] = begun ? { name: step.name, bytes, sent: 0 } : undefined;
				break;
			}
			case "append":
				this.#append(step.writer, step.share);
				break;
			case "commit":
				this.#commit(step.writer);
				break;
			case "put":
				this.#put(step.name, step.size);
				break;
			case "abort":
				this.#writers[step.writer].abort();
				this.#transfers[step.writer] = undefined;
				break;
			case "remove": {
				if (!this.#now.has(step.name)) break;
				const after = new Map(this.#now);
				after.delete(step.name);
				this.#change(after, () => remove(this.#store, step.name));
				break;
			}
			case "save": {
				const bytes = ascii(step.name);
				const settings = Uint8Array.from([step.brightness, ...bytes]);
				const run = () => this.#store.saveSettings(true, step.brightness, 100, bytes, 0, bytes.length);
				// What is saved already is not written again, so a change that was refused before is as open as it was.
				if (this.#now.get(SETTINGS)?.join() === settings.join())
					ok(this.#attempt(run), "refused what is saved already");
				else this.#change(new Map(this.#now).set(SETTINGS, settings), run);
				break;
			}
			case "tidy":
				for (let i = 0; i < step.steps && !flash.off && this.#store.tidy(); i++);
				break;
			case "restart":
				flash.weakReads = step.reads;
				this.#restart();
				break;
			case "failing":
				flash.failing = step.on;
				break;
			case "fail":
				flash.failAt(step.at, step.torn);
				break;
			case "cut":
				flash.cutAt(step.at, step.torn);
				break;
			case "refuse":
				if (step.on) flash.refusing.add(step.sector);
				else flash.refusing.delete(step.sector);
		}
	}

	#put(name: string, size: number): void {
		const bytes = pattern(size, ++this.#seed);
		this.#transfers[0] = undefined;
		if (!this.#attempt(() => begin(this.#writers[0], name, size))) return;
		this.#transfers[0] = { name, bytes, sent: 0 };
		this.#append(0, 1);
		this.#commit(0);
	}

	#append(index: number, share: number): void {
		const transfer = this.#transfers[index];
		if (!transfer) return;
		const end = Math.min(transfer.bytes.length, transfer.sent + Math.ceil(transfer.bytes.length * share));
		const chunk = transfer.bytes.slice(transfer.sent, end);
		if (this.#attempt(() => append(this.#writers[index], chunk, 701))) transfer.sent = end;
		else this.#transfers[index] = undefined;
	}

	#commit(index: number): void {
		const transfer = this.#transfers[index];
		if (!transfer || transfer.sent === 0) return;
		const upload = this.#writers[index];
		const after = new Map(this.#now).set(transfer.name, transfer.bytes.slice(0, transfer.sent));
		this.#transfers[index] = undefined;
		if (!this.#attempt(() => upload.validate())) return;
		this.#change(after, () => upload.commit());
	}

	/** A change that is acknowledged, or refused and yet perhaps there after a restart, until something else is acknowledged. */
	#change(after: Content, run: () => void): void {
		if (this.#attempt(run)) {
			this.#now = after;
			this.#possible = [after];
		} else {
			this.#possible.push(after);
		}
	}

	#attempt(run: () => void): boolean {
		if (this.flash.off) return false;
		try {
			run();
			return true;
		} catch (error) {
			ok(error instanceof RefusedError || this.flash.off, String(error));
			return false;
		}
	}

	#restart(): void {
		this.#store = mount(this.flash);
		const found = this.#possible.find((content) => this.#shows(this.#store, content));
		ok(found, `after a restart: found ${names(this.#store)}`);
		this.#now = found as Content;
		this.#started();
	}

	#started(): void {
		this.#writers = [this.#store.writer(), this.#store.writer()];
		this.#transfers = [undefined, undefined];
	}

	#shows(store: PatternStore, content: Content): boolean {
		const wanted = Array.from(content.keys()).filter((key) => key !== SETTINGS);
		if (store.lost.length > 0 || names(store).join("/") !== wanted.sort().join("/")) return false;
		const { saved, brightness, name, nameLength } = store.settings;
		const settings = saved ? [brightness, ...name.subarray(0, nameLength)].join() : undefined;
		if (content.get(SETTINGS)?.join() !== settings) return false;
		return wanted.every((key) => {
			const bytes = read(store, key);
			const expected = content.get(key) as Uint8Array;
			return bytes?.length === expected.length && expected.every((byte, i) => bytes[i] === byte);
		});
	}
}

describe("pattern store: any run of operations", function () {
	this.timeout(6_000_000);

	it("holds what a simple model holds, through failures of the flash, power cuts and restarts", () => {
		fuzz(
			"store",
			fc.property(fc.array(action, { minLength: 20, maxLength: 150, size: "max" }), (actions) => {
				const run = new Run();
				for (const step of actions) run.do(step);
				run.end();
			}),
		);
	});
});
