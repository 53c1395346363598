import { BLOCK_SIZE, MemoryPool } from "../../../modules/core/memory-pool.js";
import { equal, ok, throws } from "../../support/assert.js";

describe("MemoryPool", () => {
	it("hands out every block once and then says no", () => {
		const pool = new MemoryPool(2);
		const a = pool.alloc();
		const b = pool.alloc();
		ok(a !== undefined && b !== undefined && a !== b);
		equal(a.length, BLOCK_SIZE);
		equal(pool.alloc(), undefined);
		equal(pool.inUse, 2);
		equal(pool.highest, 2);
		equal(pool.refused, 1);
	});

	it("hands a freed block out again", () => {
		const pool = new MemoryPool(1);
		const block = pool.alloc();
		ok(block);
		pool.free(block);
		equal(pool.inUse, 0);
		equal(pool.highest, 1);
		equal(pool.alloc(), block);
	});

	it("keeps blocks back for others when asked to", () => {
		const pool = new MemoryPool(3);
		ok(pool.alloc(2));
		equal(pool.alloc(2), undefined);
		ok(pool.alloc(1));
		ok(pool.alloc());
		equal(pool.refused, 1);
	});

	it("refuses a double free and a foreign block", () => {
		const pool = new MemoryPool(1);
		const block = pool.alloc();
		ok(block);
		pool.free(block);
		throws(() => pool.free(block));
		throws(() => pool.free(new Uint8Array(16)));
		equal(pool.inUse, 0);
	});
});
