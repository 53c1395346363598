import { backoff } from "../../../modules/core/backoff.js";
import { deepEqual, equal } from "../../support/assert.js";

describe("backoff", () => {
	it("doubles from 1 s to 30 s and stays there", () => {
		deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(backoff), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
	});

	it("holds for attempts past the width of an integer", () => {
		for (const attempt of [31, 32, 33, 64, 1000, 1e9]) equal(backoff(attempt), 30_000);
	});
});
