import { HELD, HOPELESS_AFTER, SETUP_LIMIT, WifiManager } from "../../../modules/network/wifi-manager.js";
import {
	JOINED,
	JOINING,
	SETUP,
	SETUP_JOINING,
	SETUP_SCANNING,
	SETUP_WAITING,
	STATE_NAMES,
	WAITING,
} from "../../../modules/network/wifi-table.js";
import { equal, ok } from "../../support/assert.js";
import { ScriptedWifi } from "../../support/scripted-wifi.js";

const HOME = { ssid: "home", password: "correct horse" };
const DELAYS = [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000];
const OUT_OF_REACH = "home could not be joined: it may be out of reach, or the password wrong.";

function started(credentials: typeof HOME | undefined): { port: ScriptedWifi; manager: WifiManager; time: () => void } {
	const port = new ScriptedWifi();
	const manager = new WifiManager(port);
	manager.start(credentials);
	const time = () => {
		port.elapse();
		manager.time();
	};
	return { port, manager, time };
}

describe("Wi-Fi manager", () => {
	it("waits longer after each of ten losses in a row, and never gives up", () => {
		const { port, manager, time } = started(HOME);
		manager.address();
		port.take();
		for (const delay of DELAYS) {
			manager.lost();
			equal(port.take(), `wake ${delay}`);
			equal(manager.state, WAITING);
			time();
			equal(port.take(), "join home, wake 20000");
		}
		manager.address();
		equal(manager.state, JOINED);
	});

	it("goes on where it was when a connection did not hold", () => {
		const { port, manager, time } = started(HOME);
		for (const delay of DELAYS) {
			manager.address();
			port.clock += HELD - 1;
			port.take();
			manager.lost();
			equal(port.take(), `wake ${delay}`);
			time();
		}
	});

	it("starts from the shortest delay after a connection that held", () => {
		const { port, manager, time } = started(HOME);
		manager.lost();
		time();
		manager.lost();
		time();
		manager.address();
		port.clock += HELD;
		port.take();
		manager.lost();
		equal(port.take(), "wake 1000");
	});

	it("opens the set-up after five tries that all failed since boot, looks for networks, and goes on trying", () => {
		const { port, manager, time } = started(HOME);
		for (let i = 0; i < 4; i++) {
			manager.lost();
			time();
		}
		equal(manager.state, JOINING);
		port.take();
		manager.lost();
		equal(port.take(), "wake 16000, open, search, wake 10000");
		equal(manager.state, SETUP_SCANNING);
		manager.scanned();
		equal(port.take(), "wake 16000");
		time();
		equal(port.take(), "join home, wake 20000");
		manager.address();
		equal(port.take(), "close, wake 0");
	});

	it("joins in spite of a search that never ends", () => {
		const { port, manager, time } = started(HOME);
		for (let i = 0; i < 5; i++) {
			manager.lost();
			if (i < 4) time();
		}
		equal(manager.state, SETUP_SCANNING);
		time();
		equal(manager.state, SETUP_WAITING);
		time();
		equal(manager.state, SETUP_JOINING);
		port.take();
	});

	it("searches again after the try that is under way, when asked to meanwhile", () => {
		const { port, manager, time } = started(undefined);
		manager.scanned();
		manager.submitted(HOME);
		port.take();
		manager.search();
		equal(port.take(), "", "not while it joins");
		manager.lost();
		equal(manager.state, SETUP_SCANNING);
		equal(port.take(), "wake 1000, search, wake 10000");
		manager.scanned();
		time();
		manager.lost();
		equal(manager.state, SETUP_WAITING, "once");
	});

	it("opens no set-up for a router that refuses four times in a row, or goes away for hours", () => {
		const { port, manager, time } = started(HOME);
		manager.address();
		for (let i = 1; i < HOPELESS_AFTER; i++) {
			manager.refused();
			time();
		}
		manager.lost();
		time();
		for (let hours = 0; hours < 2; hours++) {
			for (let i = 0; i < 120; i++) {
				manager.lost();
				time();
			}
			ok(!port.take().includes("open"));
		}
	});

	it("opens the set-up for a network that was joined and refuses five times in a row", () => {
		const { port, manager, time } = started(HOME);
		manager.address();
		port.clock += HELD;
		for (let i = 1; i < HOPELESS_AFTER; i++) {
			manager.refused();
			time();
			equal(manager.state, JOINING);
		}
		port.take();
		manager.refused();
		equal(port.take(), "wake 16000, open, search, wake 10000");
		equal(manager.problem, "home did not accept the password.");
	});

	it("closes the set-up after ten minutes, and opens it again after a join only", () => {
		const { port, manager, time } = started(HOME);
		for (let i = 0; i < HOPELESS_AFTER; i++) {
			manager.lost();
			if (manager.state === WAITING) time();
		}
		const opened = port.clock;
		manager.scanned();
		port.take();
		while (manager.state !== WAITING) {
			ok(port.clock <= opened + SETUP_LIMIT);
			time();
			if (manager.state === SETUP_JOINING) manager.lost();
		}
		equal(port.clock, opened + SETUP_LIMIT);
		ok(port.take().includes("close"));
		for (let i = 0; i < 200; i++) {
			time();
			manager.lost();
			ok(!port.take().includes("open"), "a power cycle opens it again, nothing else");
		}
		time();
		manager.address();
		port.clock += HELD;
		for (let i = 0; i < HOPELESS_AFTER; i++) {
			manager.refused();
			if (manager.state === WAITING) time();
		}
		ok(port.take().includes("open"));
	});

	it("gives whoever filled in the form ten minutes more, and goes back to the network it knows", () => {
		const { port, manager, time } = started(HOME);
		for (let i = 0; i < HOPELESS_AFTER; i++) {
			manager.lost();
			if (manager.state === WAITING) time();
		}
		port.clock += SETUP_LIMIT - 1000;
		const sent = port.clock;
		manager.submitted({ ssid: "wrong", password: "" });
		while (manager.state !== WAITING) {
			if (manager.state === SETUP_JOINING) manager.lost();
			time();
		}
		equal(port.clock, sent + SETUP_LIMIT);
		equal(manager.ssid, "home");
		ok(!port.take().includes("keep"));
	});

	it("leaves the set-up open for ever where no network is known", () => {
		const { port, manager, time } = started(undefined);
		manager.scanned();
		for (let i = 0; i < 100; i++) {
			manager.submitted({ ssid: "wrong", password: "" });
			port.clock += SETUP_LIMIT;
			manager.lost();
			time();
		}
		ok(!port.take().includes("close"));
		ok(manager.state >= SETUP);
	});

	it("looks for networks again when the search for the first set-up does not end", () => {
		const { port, time } = started(undefined);
		equal(port.take(), "open, search, wake 10000");
		time();
		equal(port.take(), "search, wake 10000");
	});

	it("keeps a network only once it was joined", () => {
		const { port, manager, time } = started(undefined);
		manager.submitted({ ssid: "wrong", password: "password" });
		manager.refused();
		equal(manager.problem, "wrong did not accept the password.");
		time();
		port.take();
		manager.submitted(HOME);
		equal(manager.problem, "");
		manager.address();
		equal(port.take(), "leave, join home, close, wake 0, keep home");
		manager.lost();
		time();
		port.take();
		manager.address();
		equal(port.take(), "wake 0", "kept once");
	});

	it("says what went wrong, and keeps quiet about a network that worked", () => {
		const { manager, time } = started(HOME);
		manager.lost();
		equal(manager.problem, OUT_OF_REACH);
		time();
		manager.refused();
		equal(manager.problem, "home did not accept the password.");
		time();
		manager.address();
		equal(manager.problem, "");
		manager.lost();
		equal(manager.problem, "");
	});

	it("never logs the password", () => {
		const { port, manager, time } = started(HOME);
		manager.refused();
		manager.submitted(HOME);
		manager.address();
		manager.lost();
		time();
		equal(port.password, HOME.password);
		ok(!port.logged.includes(HOME.password));
		ok(port.logged.includes(STATE_NAMES[JOINED]));
	});
});
