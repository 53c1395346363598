import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equal } from "../../support/assert.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../../..");
const program = join(root, "build/led-strips-test");

/** Each is a function of led-strips-test.c. */
const SCENARIOS: Readonly<Record<string, string>> = {
	"levels-must-fit": "is read by LEDs that understand what the data sheet has, and nothing else",
	"low-before": "sends 300 us of low level before the first picture",
	"never-high": "never lets a line rise or float between pictures, nor when it starts and ends",
	"side-by-side": "sends both strips one right after the other, with the colors and the low level behind them",
	"refuses-while-busy": "refuses a picture while one is going out, and touches nothing of that",
	"waits-for-the-later-strip": "waits for both strips when one began late",
	"driver-refuses": "goes on after the driver has refused a strip",
	"fails-half-way": "leaves nothing behind wherever starting fails, and starts the next time",
	"wrong-clock": "does not start with another clock",
	ends: "ends when the last picture is out, and leaves nothing behind",
};

describe("The driver of the LEDs on the ESP32, with the ESP-IDF's rules", () => {
	before(function () {
		this.timeout(60_000);
		mkdirSync(join(root, "build"), { recursive: true });
		const flags = ["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", `-I${here}esp-idf`, "-o", program];
		const ours = ["boards/esp32/led-strips.c", "host-shim/xs/desktop/led-signal.c"].map((file) => join(root, file));
		const sources = [`${here}led-strips-test.c`, `${here}fake-idf.c`, ...ours];
		execFileSync(process.env.CC ?? "cc", [...flags, ...sources], { stdio: "inherit" });
	});

	for (const [scenario, does] of Object.entries(SCENARIOS)) {
		it(does, () => {
			const { status, stdout } = spawnSync(program, [scenario], { encoding: "utf8" });
			equal(stdout, "");
			equal(status, 0);
		});
	}
});
