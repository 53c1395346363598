/**
 * Keeps the K1 on the network, whatever happens to it: joins the network that is known, tries again for ever when it is
 * lost, and puts an access point up where none is known or the password is wrong. Does no I/O: a port does, and tells
 * the manager what happened. Nothing in here waits, so the server goes on answering in every state.
 */
import { backoff } from "../core/backoff.js";
import type { Credentials } from "./credentials.js";
import {
	ADDRESS,
	CLOSE,
	HOPELESS,
	JOIN,
	JOINED,
	KEEP,
	LEAVE,
	LOST,
	OFF,
	OPEN,
	REFUSED,
	START_JOIN,
	START_SETUP,
	STATE_NAMES,
	SUBMITTED,
	TABLE,
	TIME,
	WAIT,
} from "./wifi-table.js";

/** The longest that one try to join may take, ms: the driver does not tell when a network gives no address. */
export const JOIN_LIMIT = 20_000;
/** A connection that lasts this long, ms, has held: the next loss starts from the shortest delay again. */
export const HELD = 10_000;
/** So many tries may fail after boot before the access point comes up beside them. */
export const HOPELESS_AFTER = 5;

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
	/** Looks for networks; what it finds goes to the portal. */
	search(): void;
	/** Calls `time` once after `ms`; a later call replaces an earlier one, 0 takes it back. */
	wake(ms: number): void;
	/** Keeps the network for the next boot. */
	keep(credentials: Credentials): void;
	/** Milliseconds since boot. */
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
	#kept = true;
	#failures = 0;
	#everJoined = false;
	#joinedAt = 0;

	constructor(private readonly port: WifiPort) {}

	/** The network's name; empty when none is known. */
	get ssid(): string {
		return this.#credentials?.ssid ?? "";
	}

	/** Begins, with the network that is known or with none. */
	start(credentials: Credentials | undefined): void {
		this.#credentials = credentials;
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

	/** The time that `wake` was given is over. */
	time(): void {
		this.#event(TIME);
	}

	/** Someone filled in the form. The network is kept for the next boot once it was joined. */
	submitted(credentials: Credentials): void {
		if (this.state === OFF) return;
		this.#credentials = credentials;
		this.#kept = false;
		this.#failures = 0;
		this.problem = "";
		this.#event(SUBMITTED);
	}

	#event(event: number): void {
		const before = this.state;
		const { next, actions } = TABLE[before][event];
		if (next === before && actions === 0) return;
		if (before === JOINED && this.port.now() - this.#joinedAt >= HELD) this.#failures = 0;
		this.state = next;
		if (next !== before) this.port.log(`Wi-Fi: ${STATE_NAMES[next]}${this.ssid && ` (${this.ssid})`}`);
		this.#explain(event);
		this.#act(actions);
	}

	#explain(event: number): void {
		if (event === REFUSED) this.problem = `${this.ssid} did not accept the password.`;
		else if (event === LOST || event === TIME) {
			if (this.problem === "" && !this.#everJoined) this.problem = `${this.ssid} could not be reached.`;
		}
	}

	#act(actions: number): void {
		if (actions & LEAVE) this.port.leave();
		if (actions & OPEN) {
			this.port.openSetup();
			this.port.search();
		}
		if (actions & CLOSE) this.port.closeSetup();
		if (actions & KEEP) this.#joined();
		if (actions & JOIN && this.#credentials) {
			this.port.join(this.#credentials);
			this.port.wake(JOIN_LIMIT);
		}
		if (actions & WAIT) this.#wait();
	}

	#joined(): void {
		this.port.wake(0);
		this.problem = "";
		this.#everJoined = true;
		this.#joinedAt = this.port.now();
		if (this.#kept || !this.#credentials) return;
		this.#kept = true;
		this.port.keep(this.#credentials);
	}

	#wait(): void {
		this.port.wake(backoff(this.#failures++));
		if (this.#failures >= HOPELESS_AFTER && !this.#everJoined) this.#event(HOPELESS);
	}
}
