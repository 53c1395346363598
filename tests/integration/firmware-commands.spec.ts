import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equal, ok } from "../support/assert.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Calls `npm run firmware:COMMAND -- ...` with an SDK that is nothing but a program that prints what it was called with. */
class FakeSdk {
	readonly path = mkdtempSync(join(tmpdir(), "k1-sdk-"));

	constructor() {
		for (const tool of ["mcconfig", "idf.py", "python"]) {
			writeFileSync(join(this.path, tool), '#!/bin/sh\necho "called $(basename $0) $*"\n');
			chmodSync(join(this.path, tool), 0o755);
		}
		mkdirSync(join(this.path, "sdk"));
	}

	run(command: string, ...args: string[]): { code: number | null; output: string } {
		const { DISPLAY: _, ...env } = process.env;
		const cli = ["--import", "tsx", "host-shim/mcconfig/firmware.ts", command, ...args];
		const { status, stdout } = spawnSync(process.execPath, cli, {
			cwd: root,
			encoding: "utf8",
			env: { ...env, PATH: `${this.path}:${process.env.PATH}`, MODDABLE: join(this.path, "sdk"), IDF_PATH: this.path },
		});
		return { code: status, output: stdout };
	}
}

describe("The firmware's commands", () => {
	const sdk = new FakeSdk();
	after(() => rmSync(sdk.path, { recursive: true }));

	it("hand everything to mcconfig, with the folder that the serial port's look-up writes into", () => {
		const { code, output } = sdk.run("flash", "ssid=My network", "password=its password");
		equal(code, 0, output);
		ok(/^called mcconfig -m -p esp32\/esp32s3 ssid=My network password=its password -o /m.test(output), output);
		ok(existsSync(join(sdk.path, "sdk/build/tmp/esp32")));
	});

	it("refuse settings that the firmware could not use, before anything is built", () => {
		for (const [setting, says] of [
			["hostName=my lamp", "hostName must be 1 to 63 letters, digits and hyphens"],
			["ssid=home,password=short", "A Wi-Fi password has at least 8 characters."],
			[`ssid=${"x".repeat(33)}`, "The name is longer than 32 bytes"],
			["hostname=lamp", "there is no hostname; there are hostName"],
		]) {
			const { code, output } = sdk.run("build", ...setting.split(","));
			equal(code, 64, output);
			ok(output.includes(says), output);
			ok(!output.includes("called"), output);
		}
	});

	it("build for the simulator without a display, and ask for one to run it", () => {
		equal(sdk.run("build", "-p", "lin").code, 0);
		const { code, output } = sdk.run("simulate", "-p", "lin");
		equal(code, 69);
		ok(output.includes("the simulator needs a display"), output);
	});
});
