import fc from "fast-check";
import { RefusedError } from "../../modules/core/errors.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { append, begin, mount, names, pattern, read, remove, SECTOR, smallFlash } from "../support/store.js";

/** What may happen to a store: two uploads going on, deletions, idle time, restarts, a flash that fails for a while. */
type Action =
	| { kind: "begin"; writer: number; name: string; size: number; declared: boolean }
	| { kind: "append"; writer: number; share: number }
	| { kind: "commit"; writer: number }
	| { kind: "abort"; writer: number }
	| { kind: "remove"; name: string }
	| { kind: "tidy"; steps: number }
	| { kind: "restart" }
	| { kind: "failing"; on: boolean };

const name = fc.constantFrom("a", "b", "wave", "wave 2", "a much longer name, 32 bytes all");
const writer = fc.nat({ max: 1 });
const size = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9000 }));
const action: fc.Arbitrary<Action> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ kind: fc.constant("begin" as const), writer, name, size, declared: fc.boolean() }),
	},
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant("append" as const), writer, share: fc.constantFrom(0.3, 1) }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant("commit" as const), writer }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("abort" as const), writer }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), name }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant("tidy" as const), steps: fc.nat({ max: 60 }) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("failing" as const), on: fc.boolean() }) },
);

interface Transfer {
	name: string;
	bytes: Uint8Array;
	sent: number;
}

/** Runs the actions on a store and on a model of it, and compares what both hold after each. */
function follow(actions: Action[]): void {
	const flash = smallFlash();
	let store = mount(flash);
	let writers = [store.writer(), store.writer()];
	let transfers: (Transfer | undefined)[] = [undefined, undefined];
	let seed = 0;
	const stored = new Map<string, Uint8Array>();

	const attempt = (run: () => void): boolean => {
		try {
			run();
			return true;
		} catch (error) {
			ok(error instanceof RefusedError, String(error));
			return false;
		}
	};

	for (const step of actions) {
		switch (step.kind) {
			case "begin": {
				const bytes = pattern(step.size, ++seed);
				const begun = attempt(() => begin(writers[step.writer], step.name, step.declared ? step.size : -1));
				transfers[step.writer] = begun ? { name: step.name, bytes, sent: 0 } : undefined;
				break;
			}
			case "append": {
				const transfer = transfers[step.writer];
				if (!transfer) break;
				const end = Math.min(transfer.bytes.length, transfer.sent + Math.ceil(transfer.bytes.length * step.share));
				const chunk = transfer.bytes.slice(transfer.sent, end);
				if (attempt(() => append(writers[step.writer], chunk, 701))) transfer.sent = end;
				else transfers[step.writer] = undefined;
				break;
			}
			case "commit": {
				const transfer = transfers[step.writer];
				if (!transfer) break;
				const upload = writers[step.writer];
				const complete = transfer.sent === transfer.bytes.length;
				const done = attempt(() => {
					upload.validate();
					upload.commit();
				});
				if (done) stored.set(transfer.name, transfer.bytes.slice(0, transfer.sent));
				ok(done || !complete || flash.failing, "a complete upload was refused");
				transfers[step.writer] = undefined;
				break;
			}
			case "abort":
				writers[step.writer].abort();
				transfers[step.writer] = undefined;
				break;
			case "remove":
				if (attempt(() => remove(store, step.name))) ok(stored.delete(step.name), "removed what is not stored");
				else ok(flash.failing || !stored.has(step.name), "not removed");
				break;
			case "tidy":
				for (let i = 0; i < step.steps && store.tidy(); i++);
				break;
			case "restart":
				store = mount(flash);
				writers = [store.writer(), store.writer()];
				transfers = [undefined, undefined];
				break;
			case "failing":
				flash.failing = step.on;
		}
		deepEqual(names(store), Array.from(stored.keys()).sort(), step.kind);
		equal(flash.violation, "", step.kind);
	}
	flash.failing = false;
	for (const after of [store, mount(flash)]) {
		deepEqual(names(after), Array.from(stored.keys()).sort());
		for (const [key, bytes] of stored) deepEqual(read(after, key), bytes);
	}
	const space = Array.from(stored.values()).reduce((sum, bytes) => sum + Math.ceil(bytes.length / SECTOR) * SECTOR, 0);
	equal(mount(flash).usedBytes, space);
}

describe("pattern store: any run of operations", function () {
	this.timeout(600_000);

	it("stores what a simple model of it stores, through failures of the flash and restarts", () => {
		fc.assert(
			fc.property(fc.array(action, { minLength: 20, maxLength: 150, size: "max" }), (actions) => follow(actions)),
			{ numRuns: process.env.K1_LONG ? 20_000 : 300 },
		);
	});
});
