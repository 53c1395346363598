import * as errors from "../../../modules/core/errors.js";
import { ok } from "../../support/assert.js";

describe("the closed list of refusals", () => {
	const refusals = Object.values(errors).filter((value): value is errors.Refusal => typeof value === "object");

	it("has a wire code, a close code or none, and a sentence that fits into an ERROR, for each", () => {
		ok(refusals.length > 20);
		for (const { code, close, reason } of refusals) {
			ok(code >= 1 && code <= 5, reason);
			ok([0, 1003, 1008, 1009, 1013].includes(close), reason);
			ok(reason.length > 0 && reason.length <= 96, reason);
			ok(/^[ -~]+$/.test(reason), reason);
		}
	});

	it("cannot be changed", () => {
		for (const refusal of refusals) ok(Object.isFrozen(refusal));
	});
});
