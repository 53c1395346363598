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
/** JOINING, with the access point up. */
export const SETUP_JOINING = 5;
/** WAITING, with the access point up. */
export const SETUP_WAITING = 6;

/** Names of the states, by number, for the log. */
export const STATE_NAMES = Object.freeze([
	"off",
	"setup",
	"joining",
	"joined",
	"waiting",
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
/** The network does not take the password. */
export const REFUSED = 4;
/** The time asked for is over: a try took too long, or the wait before the next one is done. */
export const TIME = 5;
/** Five tries failed and none since boot went well: the network that is known may be the wrong one. */
export const HOPELESS = 6;
/** Someone filled in the form: another network is known now. */
export const SUBMITTED = 7;

/** How many events there are. */
export const EVENTS = 8;

/** Start to join the network, and ask for TIME after the longest that this may take. */
export const JOIN = 1;
/** Stop joining. */
export const LEAVE = 2;
/** Ask for TIME after the next delay of the backoff. */
export const WAIT = 4;
/** Put the access point up and look for networks. */
export const OPEN = 8;
/** Take the access point down. */
export const CLOSE = 16;
/** The network was joined: keep its name and password, and ask for no TIME. */
export const KEEP = 32;

/** One cell of the table. */
export interface Transition {
	readonly next: number;
	/** Any of JOIN to KEEP together; LEAVE comes before JOIN and WAIT. */
	readonly actions: number;
}

function to(next: number, actions = 0): Transition {
	return Object.freeze({ next, actions });
}

// An event that a state has no use for changes nothing: the Wi-Fi driver reports some of them twice, or late.
const off = to(OFF);
const setup = to(SETUP);
const joining = to(JOINING);
const joined = to(JOINED);
const waiting = to(WAITING);
const setupJoining = to(SETUP_JOINING);
const setupWaiting = to(SETUP_WAITING);

const WAIT_WITH_SETUP = to(SETUP_WAITING, WAIT);
const JOINED_AT_LAST = to(JOINED, CLOSE | KEEP);
const TRY_OTHER = to(JOINING, LEAVE | JOIN);
const TRY_OTHER_WITH_SETUP = to(SETUP_JOINING, LEAVE | JOIN);

/** A row for each state, a cell for each event, in the order of their numbers. */
// biome-ignore format: one row for each state
export const TABLE = Object.freeze([
	//             START_SETUP       START_JOIN          ADDRESS               LOST              REFUSED                         TIME                               HOPELESS                  SUBMITTED
	Object.freeze([to(SETUP, OPEN), to(JOINING, JOIN), off,                  off,              off,                            off,                               off,                      off]),
	Object.freeze([setup,           setup,             setup,                setup,            setup,                          setup,                             setup,                    to(SETUP_JOINING, JOIN)]),
	Object.freeze([joining,         joining,           to(JOINED, KEEP),     to(WAITING, WAIT), to(SETUP_WAITING, OPEN | WAIT), to(WAITING, LEAVE | WAIT),         joining,                  TRY_OTHER]),
	Object.freeze([joined,          joined,            joined,               to(WAITING, WAIT), to(WAITING, WAIT),             joined,                            joined,                   TRY_OTHER]),
	Object.freeze([waiting,         waiting,           to(JOINED, KEEP),     waiting,          to(SETUP_WAITING, OPEN),        to(JOINING, JOIN),                 to(SETUP_WAITING, OPEN),  TRY_OTHER]),
	Object.freeze([setupJoining,    setupJoining,      JOINED_AT_LAST,       WAIT_WITH_SETUP,  WAIT_WITH_SETUP,                to(SETUP_WAITING, LEAVE | WAIT),   setupJoining,             TRY_OTHER_WITH_SETUP]),
	Object.freeze([setupWaiting,    setupWaiting,      JOINED_AT_LAST,       setupWaiting,     setupWaiting,                   to(SETUP_JOINING, JOIN),           setupWaiting,             TRY_OTHER_WITH_SETUP]),
]) as readonly (readonly Transition[])[];
