import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../harness/spec-modules.js";

/** The arithmetic that the emulated core has in software, against the desktop's processor. */
describe("arithmetic of the emulated core", () => {
	it("gives what the processor gives, for special and four million random operands", () => {
		execFileSync("make", ["-C", join(ROOT, "tests/device-class/engine"), "arithmetic-test"], { encoding: "utf8" });
	});
});
