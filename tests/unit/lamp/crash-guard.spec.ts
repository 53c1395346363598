import { CrashGuard } from "../../../modules/lamp/crash-guard.js";
import { deepEqual, equal } from "../../support/assert.js";

/** What is kept over restarts, and how often it was written. */
class Kept {
	value = 0;
	writes = 0;

	read(): number {
		return this.value;
	}

	write(value: number): void {
		this.value = value;
		this.writes++;
	}
}

describe("crash guard", () => {
	it("trips at the third start in a row that nobody asked for, and stays so until one lasts", () => {
		const kept = new Kept();
		const trips: boolean[] = [];
		for (let i = 0; i < 5; i++) trips.push(new CrashGuard(kept, true).tripped);
		deepEqual(trips, [false, false, true, true, true]);
		const guard = new CrashGuard(kept, true);
		guard.settled();
		equal(new CrashGuard(kept, true).tripped, false);
	});

	it("begins anew with a start that was asked for", () => {
		const kept = new Kept();
		for (let i = 0; i < 3; i++) new CrashGuard(kept, true);
		equal(new CrashGuard(kept, false).tripped, false);
		equal(new CrashGuard(kept, true).tripped, false);
	});

	it("writes nothing where there is nothing to say", () => {
		const kept = new Kept();
		for (let i = 0; i < 3; i++) new CrashGuard(kept, false).settled();
		equal(kept.writes, 0);
		for (let i = 0; i < 9; i++) new CrashGuard(kept, true);
		equal(kept.writes, 3);
	});
});
