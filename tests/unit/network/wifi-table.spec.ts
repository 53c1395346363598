import { WifiManager } from "../../../modules/network/wifi-manager.js";
import { EVENTS, HOPELESS, OFF, STATE_NAMES, TABLE } from "../../../modules/network/wifi-table.js";
import { equal } from "../../support/assert.js";
import { ScriptedWifi } from "../../support/scripted-wifi.js";

const HOME = { ssid: "home", password: "password" };
const EVENT_NAMES = [
	"START_SETUP",
	"START_JOIN",
	"ADDRESS",
	"LOST",
	"REFUSED",
	"TIME",
	"HOPELESS",
	"SUBMITTED",
	"SCANNED",
	"SEARCH",
	"SETUP_OVER",
];

// State, event -> state: what the port is told. A pair that is not here changes nothing and tells the port nothing.
const ROWS = `
off,             START_SETUP -> setup:           open, search, wake 10000
off,             START_JOIN  -> joining:         join home, wake 20000
setup,           SUBMITTED   -> setup, joining:  join other, wake 20000
setup,           TIME        -> setup:           search, wake 10000
setup,           SCANNED     -> setup:           wake 0
setup,           SEARCH      -> setup:           search
joining,         ADDRESS     -> joined:          wake 0
joining,         LOST        -> waiting:         wake 1000
joining,         REFUSED     -> waiting:         wake 1000
joining,         TIME        -> waiting:         leave, wake 1000
joining,         SUBMITTED   -> joining:         leave, join other
joined,          LOST        -> waiting:         wake 1000
joined,          REFUSED     -> waiting:         wake 1000
joined,          SUBMITTED   -> joining:         leave, join other, wake 20000
waiting,         ADDRESS     -> joined:          wake 0
waiting,         TIME        -> joining:         join home, wake 20000
waiting,         HOPELESS    -> setup, scanning: open, search, wake 10000
waiting,         SUBMITTED   -> joining:         leave, join other, wake 20000
setup, scanning, ADDRESS     -> joined:          close, wake 0
setup, scanning, TIME        -> setup, waiting:  wake 16000
setup, scanning, SUBMITTED   -> setup, joining:  join other, wake 20000
setup, scanning, SCANNED     -> setup, waiting:  wake 16000
setup, scanning, SETUP_OVER  -> waiting:         close, wake 16000
setup, joining,  ADDRESS     -> joined:          close, wake 0
setup, joining,  LOST        -> setup, waiting:  wake 30000
setup, joining,  REFUSED     -> setup, waiting:  wake 30000
setup, joining,  TIME        -> setup, waiting:  leave, wake 30000
setup, joining,  SUBMITTED   -> setup, joining:  leave, join other
setup, joining,  SETUP_OVER  -> joining:         close
setup, waiting,  ADDRESS     -> joined:          close, wake 0
setup, waiting,  TIME        -> setup, joining:  join home, wake 20000
setup, waiting,  SUBMITTED   -> setup, joining:  leave, join other, wake 20000
setup, waiting,  SEARCH      -> setup, scanning: search, wake 10000
setup, waiting,  SETUP_OVER  -> waiting:         close, wake 16000
`;

function time(manager: WifiManager, port: ScriptedWifi): void {
	port.elapse();
	manager.time();
}

/** A manager brought to a state by the shortest way, and its port. */
function inState(state: string): [WifiManager, ScriptedWifi] {
	const port = new ScriptedWifi();
	const manager = new WifiManager(port);
	if (state === "setup") manager.start(undefined);
	else if (state !== "off") {
		manager.start(HOME);
		if (state === "joined") manager.address();
		if (state === "waiting") manager.lost();
		if (state.startsWith("setup")) {
			for (let i = 0; i < 4; i++) {
				manager.lost();
				time(manager, port);
			}
			manager.lost();
			if (state !== "setup, scanning") manager.scanned();
			if (state === "setup, joining") time(manager, port);
		}
	}
	equal(STATE_NAMES[manager.state], state, "way to the state");
	port.take();
	return [manager, port];
}

function fire(manager: WifiManager, port: ScriptedWifi, event: string): void {
	if (event === "START_SETUP") manager.start(undefined);
	if (event === "START_JOIN") manager.start(HOME);
	if (event === "ADDRESS") manager.address();
	if (event === "LOST") manager.lost();
	if (event === "REFUSED") manager.refused();
	if (event === "TIME") time(manager, port);
	if (event === "SUBMITTED") manager.submitted({ ssid: "other", password: "" });
	if (event === "SCANNED") manager.scanned();
	if (event === "SEARCH") manager.search();
}

function expected(state: string, event: string): string {
	for (const row of ROWS.split("\n")) {
		const arrow = row.indexOf("->");
		if (!row.startsWith(`${state},`) || row.slice(state.length + 1, arrow).trim() !== event) continue;
		const colon = row.indexOf(":");
		return `${row.slice(arrow + 3, colon)}: ${row.slice(colon + 1).trim()}`;
	}
	return `${state}: `;
}

describe("Wi-Fi states", () => {
	for (const state of STATE_NAMES) {
		it(`takes every event when ${state}`, () => {
			for (const event of EVENT_NAMES) {
				// These two come from within; their rows are compared below.
				if (event === "HOPELESS" || event === "SETUP_OVER") continue;
				// Starting twice is no way to lose the network that is known.
				if (event.startsWith("START") && state !== "off") continue;
				const [manager, port] = inState(state);
				fire(manager, port, event);
				const result = `${STATE_NAMES[manager.state]}: ${port.take()}`;
				equal(result, expected(state, event), `${state}, ${event}`);
			}
		});
	}

	it("has a transition for every state and event", () => {
		equal(TABLE.length, STATE_NAMES.length);
		equal(EVENTS, EVENT_NAMES.length);
		for (const row of TABLE) equal(row.length, EVENTS);
	});

	it("changes state as said when hopeless, and when the set-up is over", () => {
		for (let state = OFF; state < TABLE.length; state++) {
			for (let event = 0; event < EVENTS; event++) {
				if (event !== HOPELESS && EVENT_NAMES[event] !== "SETUP_OVER") continue;
				const next = STATE_NAMES[TABLE[state][event].next];
				const [expectedNext = ""] = expected(STATE_NAMES[state], EVENT_NAMES[event]).split(":");
				equal(next, expectedNext, `${STATE_NAMES[state]}, ${EVENT_NAMES[event]}`);
			}
		}
	});
});
