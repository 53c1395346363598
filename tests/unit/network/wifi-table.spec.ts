import { WifiManager } from "../../../modules/network/wifi-manager.js";
import { HOPELESS, OFF, STATE_NAMES, TABLE } from "../../../modules/network/wifi-table.js";
import { equal } from "../../support/assert.js";
import { ScriptedWifi } from "../../support/scripted-wifi.js";

const HOME = { ssid: "home", password: "password" };
const EVENTS = ["START_SETUP", "START_JOIN", "ADDRESS", "LOST", "REFUSED", "TIME", "HOPELESS", "SUBMITTED"];

// State, event -> state: what the port is told. A pair that is not here changes nothing and tells the port nothing.
const ROWS = `
off,             START_SETUP -> setup:           open, search
off,             START_JOIN  -> joining:         join home, wake 20000
setup,           SUBMITTED   -> setup, joining:  join other, wake 20000
joining,         ADDRESS     -> joined:          wake 0
joining,         LOST        -> waiting:         wake 1000
joining,         REFUSED     -> setup, waiting:  open, search, wake 1000
joining,         TIME        -> waiting:         leave, wake 1000
joining,         SUBMITTED   -> joining:         leave, join other, wake 20000
joined,          LOST        -> waiting:         wake 1000
joined,          REFUSED     -> waiting:         wake 1000
joined,          SUBMITTED   -> joining:         leave, join other, wake 20000
waiting,         ADDRESS     -> joined:          wake 0
waiting,         REFUSED     -> setup, waiting:  open, search
waiting,         TIME        -> joining:         join home, wake 20000
waiting,         HOPELESS    -> setup, waiting:  open, search
waiting,         SUBMITTED   -> joining:         leave, join other, wake 20000
setup, joining,  ADDRESS     -> joined:          close, wake 0
setup, joining,  LOST        -> setup, waiting:  wake 2000
setup, joining,  REFUSED     -> setup, waiting:  wake 2000
setup, joining,  TIME        -> setup, waiting:  leave, wake 2000
setup, joining,  SUBMITTED   -> setup, joining:  leave, join other, wake 20000
setup, waiting,  ADDRESS     -> joined:          close, wake 0
setup, waiting,  TIME        -> setup, joining:  join home, wake 20000
setup, waiting,  SUBMITTED   -> setup, joining:  leave, join other, wake 20000
`;

/** A manager brought to a state by the shortest way, and its port. */
function inState(state: string): [WifiManager, ScriptedWifi] {
	const port = new ScriptedWifi();
	const manager = new WifiManager(port);
	if (state === "setup") manager.start(undefined);
	else if (state !== "off") {
		manager.start(HOME);
		if (state === "joined") manager.address();
		if (state === "waiting") manager.lost();
		if (state.startsWith("setup")) manager.refused();
		if (state === "setup, joining") manager.time();
	}
	equal(STATE_NAMES[manager.state], state, "way to the state");
	port.take();
	return [manager, port];
}

function fire(manager: WifiManager, event: string): void {
	if (event === "START_SETUP") manager.start(undefined);
	if (event === "START_JOIN") manager.start(HOME);
	if (event === "ADDRESS") manager.address();
	if (event === "LOST") manager.lost();
	if (event === "REFUSED") manager.refused();
	if (event === "TIME") manager.time();
	if (event === "SUBMITTED") manager.submitted({ ssid: "other", password: "" });
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
			for (const event of EVENTS) {
				if (event === "HOPELESS") continue;
				// Starting twice is no way to lose the network that is known.
				if (event.startsWith("START") && state !== "off") continue;
				const [manager, port] = inState(state);
				fire(manager, event);
				const result = `${STATE_NAMES[manager.state]}: ${port.take()}`;
				equal(result, expected(state, event), `${state}, ${event}`);
			}
		});
	}

	it("has a transition for every state and event", () => {
		equal(TABLE.length, STATE_NAMES.length);
		for (const row of TABLE) equal(row.length, EVENTS.length);
	});

	it("opens the set-up when hopeless only while waiting", () => {
		for (let state = OFF; state < TABLE.length; state++) {
			const next = STATE_NAMES[TABLE[state][HOPELESS].next];
			const [expectedNext = ""] = expected(STATE_NAMES[state], "HOPELESS").split(":");
			equal(next, expectedNext);
		}
	});
});
