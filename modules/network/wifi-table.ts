/**
 * The Wi-Fi manager's state machine: one table, state x event -> next state and actions. It is all the manager decides
 * with; docs/device.md draws it.
 */

/** Nothing was started yet. */
export const OFF = 0;
/** No network is known: the access point is up and waits for one. */
export const SETUP = 1;
/** A try to join the network is under way. */
export const JOINING = 2;
/** The network is joined and gave an address. */
export const JOINED = 3;
/** Waits for the next try. */
export const WAITING = 4;
/** The access point is up beside a network that is known, and networks are looked for: joining would cut the search short. */
export const SETUP_SCANNING = 5;
/** JOINING, with the access point up. */
export const SETUP_JOINING = 6;
/** WAITING, with the access point up. */
export const SETUP_WAITING = 7;

/** Names of the states, by number, for the log. */
export const STATE_NAMES = Object.freeze([
	"off",
	"setup",
	"joining",
	"joined",
	"waiting",
	"setup, scanning",
	"setup, joining",
	"setup, waiting",
]) as readonly string[];

/** Start without a known network. */
export const START_SETUP = 0;
/** Start with a known network. */
export const START_JOIN = 1;
/** The network gave an address. */
export const ADDRESS = 2;
/** The network went away, or could not be joined. */
export const LOST = 3;
/** The network did not take the password, or said so. */
export const REFUSED = 4;
/** The time asked for is over: a try or a search took too long, or the wait before the next try is done. */
export const TIME = 5;
/** So many tries failed that the network that is known may be the wrong one. */
export const HOPELESS = 6;
/** Someone filled in the form: another network is known now. */
export const SUBMITTED = 7;
/** The search for networks is done. */
export const SCANNED = 8;
/** Someone wants networks to be looked for again. */
export const SEARCH = 9;
/** The access point was up for as long as it may be beside a network that is known. */
export const SETUP_OVER = 10;

/** How many events there are. */
export const EVENTS = 11;

/** Start to join the network, and ask for TIME after the longest that this may take. */
export const JOIN = 1;
/** Stop joining. */
export const LEAVE = 2;
/** Ask for TIME after the next delay of the backoff. */
export const WAIT = 4;
/** Put the access point up. */
export const OPEN = 8;
/** Take the access point down. */
export const CLOSE = 16;
/** The network was joined: keep its name and password, and ask for no TIME. */
export const KEEP = 32;
/** Look for networks, and ask for TIME after the longest that this may take. */
export const SCAN = 64;
/** Ask for no TIME. */
export const REST = 128;

/** One cell of the table. */
export interface Transition {
	readonly next: number;
	/** Any of JOIN to REST together; LEAVE comes before JOIN and WAIT, OPEN before SCAN. */
	readonly actions: number;
}

function to(next: number, actions = 0): Transition {
	return Object.freeze({ next, actions });
}

/** A row of the table: an event that a state has no use for changes nothing, for the driver reports some of them twice, or late. */
function row(state: number, transitions: Readonly<Record<number, Transition>>): readonly Transition[] {
	const cells: Transition[] = [];
	for (let event = 0; event < EVENTS; event++) cells.push(transitions[event] ?? to(state));
	return Object.freeze(cells);
}

const WAIT_WITH_SETUP = to(SETUP_WAITING, WAIT);
const JOINED_AT_LAST = to(JOINED, CLOSE | KEEP);

/** A row for each state, a cell for each event, in the order of their numbers. */
export const TABLE = Object.freeze([
	row(OFF, {
		[START_SETUP]: to(SETUP, OPEN | SCAN),
		[START_JOIN]: to(JOINING, JOIN),
	}),
	row(SETUP, {
		// A search that never ends is begun anew.
		[TIME]: to(SETUP, SCAN),
		[SUBMITTED]: to(SETUP_JOINING, JOIN),
		[SCANNED]: to(SETUP, REST),
		[SEARCH]: to(SETUP, SCAN),
	}),
	row(JOINING, {
		[ADDRESS]: to(JOINED, KEEP),
		[LOST]: to(WAITING, WAIT),
		[REFUSED]: to(WAITING, WAIT),
		[TIME]: to(WAITING, LEAVE | WAIT),
		[SUBMITTED]: to(JOINING, LEAVE | JOIN),
	}),
	row(JOINED, {
		[LOST]: to(WAITING, WAIT),
		[REFUSED]: to(WAITING, WAIT),
		[SUBMITTED]: to(JOINING, LEAVE | JOIN),
	}),
	row(WAITING, {
		[ADDRESS]: to(JOINED, KEEP),
		[TIME]: to(JOINING, JOIN),
		[HOPELESS]: to(SETUP_SCANNING, OPEN | SCAN),
		[SUBMITTED]: to(JOINING, LEAVE | JOIN),
	}),
	row(SETUP_SCANNING, {
		[ADDRESS]: JOINED_AT_LAST,
		[TIME]: WAIT_WITH_SETUP,
		[SUBMITTED]: to(SETUP_JOINING, JOIN),
		[SCANNED]: WAIT_WITH_SETUP,
		[SETUP_OVER]: to(WAITING, CLOSE | WAIT),
	}),
	row(SETUP_JOINING, {
		[ADDRESS]: JOINED_AT_LAST,
		[LOST]: WAIT_WITH_SETUP,
		[REFUSED]: WAIT_WITH_SETUP,
		[TIME]: to(SETUP_WAITING, LEAVE | WAIT),
		[SUBMITTED]: to(SETUP_JOINING, LEAVE | JOIN),
		[SETUP_OVER]: to(JOINING, CLOSE),
	}),
	row(SETUP_WAITING, {
		[ADDRESS]: JOINED_AT_LAST,
		[TIME]: to(SETUP_JOINING, JOIN),
		[SUBMITTED]: to(SETUP_JOINING, LEAVE | JOIN),
		[SEARCH]: to(SETUP_SCANNING, SCAN),
		[SETUP_OVER]: to(WAITING, CLOSE | WAIT),
	}),
]) as readonly (readonly Transition[])[];
