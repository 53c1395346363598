import { nativeCases, twinCases } from "../harness/native-cases.js";
import { xs64 } from "../harness/places.js";
import { deepEqual, ok } from "../support/assert.js";

const SEEDS = process.env.K1_LONG ? 100 : 2;
const CASES = 150;

/** On 32-bit XS and on the emulated core: tests/device-class/natives.spec.ts. */
describe("natives and their twins in TypeScript", function () {
	this.timeout(1_200_000);

	for (let seed = 1; seed <= SEEDS; seed++) {
		it(`do the same, byte for byte, in ${CASES} cases of each kind from seed ${seed}`, async () => {
			const expected = twinCases(seed, CASES);
			ok(expected.length >= CASES);
			deepEqual(await nativeCases(xs64, seed, CASES), expected);
		});
	}
});
