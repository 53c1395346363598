/**
 * Keeps the K1 on the network, whatever happens to it: joins the network that is known, tries again for ever when it is
 * lost, and puts an access point up where none is known or the one that is known cannot be joined. Does no I/O: a port does,
 * and tells the manager what happened. Nothing in here waits, so the server goes on answering in every state.
 */
import { backoff } from "../core/backoff.js";
import { NOT_SET } from "../core/clock.js";
import type { Credentials } from "./credentials.js";
import {
	ADDRESS,
	CLOSE,
	HOPELESS,
	JOIN,
	JOINED,
	JOINING,
	KEEP,
	LEAVE,
	LOST,
	OFF,
	OPEN,
	REFUSED,
	REST,
	SCAN,
	SCANNED,
	SEARCH,
	SETUP_JOINING,
	SETUP_OVER,
	SETUP_WAITING,
	START_JOIN,
	START_SETUP,
	STATE_NAMES,
	SUBMITTED,
	TABLE,
	TIME,
	WAIT,
	WAITING,
} from "./wifi-table.js";

/** The longest that one try to join may take, ms: the driver does not tell when a network gives no address. */
export const JOIN_LIMIT = 20_000;
/** The longest that a search for networks may take, ms: 13 channels of 120 ms and the way to them, several times over. */
export const SCAN_LIMIT = 10_000;
/** A connection that lasts this long, ms, has held: the next loss starts from the shortest delay again. */
export const HELD = 10_000;
/**
 * So many tries in a row bring the access point up: any that fail after boot, or refusals at any time. Fewer would not do, for a
 * router that restarts refuses too (the SDK reports five kinds of broken handshake as a wrong password).
 */
export const HOPELESS_AFTER = 5;
/** So long, ms, the access point is up beside a network that is known: whoever moved house has the time, a passer-by has not for ever. */
export const SETUP_LIMIT = 600_000;

/** What the manager needs from the platform. None of these may throw; none may call the manager back at once. */
export interface WifiPort {
	/** Starts to join a network. `address`, `lost` or `refused` is called later. */
	join(credentials: Credentials): void;
	/** Stops joining; may lead to a late `lost`. */
	leave(): void;
	/** Puts the access point up, beside the station. */
	openSetup(): void;
	/** Takes it down. */
	closeSetup(): void;
	/** Looks for networks; what it finds goes to the portal, and `scanned` is called at the end, where it has one. */
	search(): void;
	/** Calls `time` once after `ms`; a later call replaces an earlier one, 0 takes it back. */
	wake(ms: number): void;
	/** Keeps the network for the next boot. */
	keep(credentials: Credentials): void;
	/** Milliseconds since boot, never wrapping. */
	now(): number;
	/** For the log. Never holds a password. */
	log(text: string): void;
}

export class WifiManager {
	/** One of the states of wifi-table.ts. */
	state = OFF;
	/** Why the network is not joined, as a sentence for whoever sets the K1 up; empty where there is nothing to say. */
	problem = "";
	#credentials: Credentials | undefined;
	/** The network that is kept for the next boot; `#credentials` until it was joined may be another. */
	#kept: Credentials | undefined;
	/** Tries in a row that failed, and of the last ones those that were refused. */
	#failures = 0;
	#refusals = 0;
	/** The network was joined since the start, or since it was typed in. */
	#everJoined = false;
	#joinedAt = 0;
	/** When TIME is due, and when the access point has been up for long enough; ms since boot. */
	#due = NOT_SET;
	#setupEnds = NOT_SET;
	/** The access point had its time; the next one is after a join, or a start. */
	#setupUsed = false;
	#searchLater = false;

	constructor(private readonly port: WifiPort) {}

	/** The network's name; empty when none is known. */
	get ssid(): string {
		return this.#credentials?.ssid ?? "";
	}

	/** Begins, with the network that is known or with none. */
	start(credentials: Credentials | undefined): void {
		this.#credentials = credentials;
		this.#kept = credentials;
		this.#event(credentials ? START_JOIN : START_SETUP);
	}

	/** The network gave an address. */
	address(): void {
		this.#event(ADDRESS);
	}

	/** The network went away, or could not be joined. */
	lost(): void {
		this.#event(LOST);
	}

	/** The network did not take the password. */
	refused(): void {
		this.#event(REFUSED);
	}

	/** The search for networks is done. */
	scanned(): void {
		this.#event(SCANNED);
	}

	/** Someone wants networks to be looked for again: at once, or after the try that is under way. */
	search(): void {
		this.#searchLater = this.state === SETUP_JOINING;
		this.#event(SEARCH);
	}

	/** The time that `wake` was given is over. */
	time(): void {
		const now = this.port.now();
		if (this.#setupEnds !== NOT_SET && now >= this.#setupEnds) this.#endSetup();
		if (this.#due !== NOT_SET && now >= this.#due) {
			this.#due = NOT_SET;
			this.#event(TIME);
		}
		this.#wake();
	}

	/** Someone filled in the form. The network is kept for the next boot once it was joined. */
	submitted(credentials: Credentials): void {
		if (this.state === OFF) return;
		this.#credentials = credentials;
		this.#failures = 0;
		this.#refusals = 0;
		this.#everJoined = false;
		this.problem = "";
		if (this.#setupEnds !== NOT_SET) this.#setupEnds = this.port.now() + SETUP_LIMIT;
		this.#event(SUBMITTED);
	}

	#event(event: number): void {
		const before = this.state;
		const { next, actions } = TABLE[before][event];
		if (next === before && actions === 0) return;
		this.#count(before, event);
		this.state = next;
		if (next !== before) this.port.log(`Wi-Fi: ${STATE_NAMES[next]}${this.ssid && ` (${this.ssid})`}`);
		this.#act(actions);
		if (next === WAITING && this.#hopeless) this.#event(HOPELESS);
		else if (next === SETUP_WAITING && this.#searchLater) this.search();
	}

	/** Counts a try that failed, or a connection that broke, and says what there is to say of it. */
	#count(state: number, event: number): void {
		if (event !== LOST && event !== REFUSED && event !== TIME) return;
		if (state === JOINED && this.port.now() - this.#joinedAt >= HELD) this.#failures = 0;
		if (state !== JOINED && state !== JOINING && state !== SETUP_JOINING) return;
		this.#failures++;
		this.#refusals = event === REFUSED ? this.#refusals + 1 : 0;
		if (event === REFUSED) this.problem = `${this.ssid} did not accept the password.`;
		else if (this.problem === "" && !this.#everJoined) {
			// Of some networks a wrong password shows itself in no other way (WPA3; ESP-IDF, WIFI_REASON_AUTH_FAIL).
			this.problem = `${this.ssid} could not be joined: it may be out of reach, or the password wrong.`;
		}
	}

	get #hopeless(): boolean {
		if (this.#setupUsed) return false;
		return this.#refusals >= HOPELESS_AFTER || (this.#failures >= HOPELESS_AFTER && !this.#everJoined);
	}

	#act(actions: number): void {
		const { port } = this;
		if (actions & LEAVE) port.leave();
		if (actions & OPEN) this.#openSetup();
		if (actions & CLOSE) {
			this.#setupEnds = NOT_SET;
			port.closeSetup();
		}
		if (actions & SCAN) {
			this.#searchLater = false;
			port.search();
			this.#ask(SCAN_LIMIT);
		}
		if (actions & KEEP) this.#joined();
		if (actions & JOIN && this.#credentials) {
			port.join(this.#credentials);
			this.#ask(JOIN_LIMIT);
		}
		if (actions & WAIT) this.#ask(backoff(Math.max(this.#failures - 1, 0)));
		if (actions & REST) this.#ask(NOT_SET);
	}

	#openSetup(): void {
		// Where no network is kept, there is nothing to go back to.
		if (this.#kept) this.#setupEnds = this.port.now() + SETUP_LIMIT;
		this.port.openSetup();
	}

	/** The access point has been up for long enough: on without it, with the network that is kept. */
	#endSetup(): void {
		this.#setupUsed = true;
		this.#credentials = this.#kept;
		this.#event(SETUP_OVER);
	}

	#joined(): void {
		this.problem = "";
		this.#everJoined = true;
		this.#refusals = 0;
		this.#setupUsed = false;
		this.#joinedAt = this.port.now();
		this.#ask(NOT_SET);
		if (this.#kept === this.#credentials || !this.#credentials) return;
		this.#kept = this.#credentials;
		this.port.keep(this.#credentials);
	}

	/** Asks for TIME after so many milliseconds; NOT_SET: for none. */
	#ask(ms: number): void {
		this.#due = ms === NOT_SET ? NOT_SET : this.port.now() + ms;
		this.#wake();
	}

	/** Has the port call `time` at the earlier of the two moments. */
	#wake(): void {
		const first = earlier(this.#due, this.#setupEnds);
		this.port.wake(first === NOT_SET ? 0 : Math.max(first - this.port.now(), 1));
	}
}

function earlier(a: number, b: number): number {
	if (a === NOT_SET) return b;
	return b === NOT_SET ? a : Math.min(a, b);
}
