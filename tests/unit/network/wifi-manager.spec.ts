import { HELD, WifiManager } from "../../../modules/network/wifi-manager.js";
import { JOINED, JOINING, SETUP_WAITING, STATE_NAMES, WAITING } from "../../../modules/network/wifi-table.js";
import { equal, ok } from "../../support/assert.js";
import { ScriptedWifi } from "../../support/scripted-wifi.js";

const HOME = { ssid: "home", password: "correct horse" };
const DELAYS = [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000];

describe("Wi-Fi manager", () => {
	it("waits longer after each of ten losses in a row, and never gives up", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(HOME);
		manager.address();
		port.take();
		for (const delay of DELAYS) {
			manager.lost();
			equal(port.take(), `wake ${delay}`);
			equal(manager.state, WAITING);
			port.clock += delay;
			manager.time();
			equal(port.take(), "join home, wake 20000");
		}
		manager.address();
		equal(manager.state, JOINED);
	});

	it("goes on where it was when a connection did not hold", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(HOME);
		for (const delay of DELAYS) {
			manager.address();
			port.clock += HELD - 1;
			port.take();
			manager.lost();
			equal(port.take(), `wake ${delay}`);
			manager.time();
		}
	});

	it("starts from the shortest delay after a connection that held", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(HOME);
		manager.lost();
		manager.time();
		manager.lost();
		manager.time();
		manager.address();
		port.clock += HELD;
		port.take();
		manager.lost();
		equal(port.take(), "wake 1000");
	});

	it("opens the set-up after five tries that all failed since boot, and goes on trying", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(HOME);
		for (let i = 0; i < 4; i++) {
			manager.lost();
			manager.time();
		}
		equal(manager.state, JOINING);
		port.take();
		manager.lost();
		equal(port.take(), "wake 16000, open, search");
		equal(manager.state, SETUP_WAITING);
		manager.time();
		equal(port.take(), "join home, wake 20000");
		manager.address();
		equal(port.take(), "close, wake 0");
	});

	it("keeps a network only once it was joined", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(undefined);
		manager.submitted({ ssid: "wrong", password: "password" });
		manager.refused();
		equal(manager.problem, "wrong did not accept the password.");
		manager.time();
		port.take();
		manager.submitted(HOME);
		equal(manager.problem, "");
		manager.address();
		equal(port.take(), "leave, join home, wake 20000, close, wake 0, keep home");
		manager.lost();
		manager.time();
		port.take();
		manager.address();
		equal(port.take(), "wake 0", "kept once");
	});

	it("says what went wrong, and keeps quiet about a network that worked", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(HOME);
		manager.lost();
		equal(manager.problem, "home could not be reached.");
		manager.time();
		manager.refused();
		equal(manager.problem, "home did not accept the password.");
		manager.time();
		manager.address();
		equal(manager.problem, "");
		manager.lost();
		equal(manager.problem, "");
	});

	it("never logs the password", () => {
		const port = new ScriptedWifi();
		const manager = new WifiManager(port);
		manager.start(HOME);
		manager.refused();
		manager.submitted(HOME);
		manager.address();
		manager.lost();
		equal(port.password, HOME.password);
		ok(!port.logged.includes(HOME.password));
		ok(port.logged.includes(STATE_NAMES[JOINED]));
	});
});
