import { nativeCases, twinCases } from "../harness/native-cases.js";
import { xs32, xtensa } from "../harness/places.js";
import { deepEqual } from "../support/assert.js";

const SEED = 77;
const CASES = 60;

describe("natives and their twins in TypeScript", () => {
	for (const place of [xs32, xtensa]) {
		it(`do the same, byte for byte, on ${place.name}`, async () => {
			deepEqual(await nativeCases(place, SEED, CASES), twinCases(SEED, CASES));
		});
	}
});
