/** The Wi-Fi manager's port on the ESP32: the SDK's `wifi`, its preference store and a timer. */
import Preference from "preference";
import Timer from "timer";
import WiFi from "wifi";
import { type Credentials, choose, fromText, type Stored, toText } from "../../modules/network/credentials.js";
import type { Portal } from "../../modules/network/portal.js";
import { WifiManager, type WifiPort } from "../../modules/network/wifi-manager.js";
import { attempt } from "./attempt.js";
import { Scan } from "./scan.js";
import { SetupAccess } from "./setup-access.js";
import { Station } from "./station.js";
import stayAwake from "./wifi-awake.js";

const STATION = 1;
const DOMAIN = "wifi";
const KEY = "network";
/** What the driver gives with "disconnect" where the password was rejected, or seemed to be. */
const REJECTED = -1;

export interface WifiOptions {
	portal: Portal;
	/** The network that the build was configured with. */
	built: Credentials;
	/** Milliseconds since boot, never wrapping. */
	now: () => number;
	log: (text: string) => void;
	/** There is a network, or will be in a moment: joined, or the K1's own. */
	onNetwork: () => void;
	/** Called whenever the network is joined or lost. */
	onChanged: () => void;
}

export class Wifi implements WifiPort {
	readonly manager: WifiManager;
	readonly #options: WifiOptions;
	readonly #station: Station;
	readonly #setup: SetupAccess;
	readonly #scan: Scan;
	#timer: Timer | undefined;

	/** Brings the driver and the IP stack up. */
	constructor(options: WifiOptions) {
		const { portal, log, now, onNetwork } = options;
		this.#options = options;
		this.manager = new WifiManager(this);
		this.#station = new Station(log);
		this.#setup = new SetupAccess(log, onNetwork);
		this.#scan = new Scan(log, now, (ssids) => {
			portal.showNetworks(ssids);
			this.manager.scanned();
		});
		WiFi.mode = STATION;
		stayAwake();
		new WiFi(undefined, (message, reason) => this.#report(message, reason));
		portal.onSubmit = (credentials) => {
			this.manager.submitted(credentials);
			this.#changed();
		};
		portal.onSearch = () => this.manager.search();
	}

	start(): void {
		this.manager.start(choose(this.#stored(), this.#options.built));
	}

	join(credentials: Credentials): void {
		this.#scan.stop();
		this.#station.join(credentials);
	}

	leave(): void {
		this.#station.leave();
	}

	openSetup(): void {
		this.#options.portal.open = true;
		this.#setup.open();
	}

	closeSetup(): void {
		this.#options.portal.open = false;
		this.#scan.stop();
		this.#setup.close();
	}

	search(): void {
		this.#scan.start();
	}

	wake(ms: number): void {
		Timer.clear(this.#timer);
		this.#timer = undefined;
		if (ms === 0) return;
		this.#timer = Timer.set(() => {
			this.#timer = undefined;
			this.manager.time();
			this.#changed();
		}, ms);
	}

	keep(credentials: Credentials): void {
		const { ssid: builtSsid, password: builtPassword } = this.#options.built;
		const text = toText({ ...credentials, builtSsid, builtPassword });
		attempt("Wi-Fi: keeping the network", this.#options.log, () => Preference.set(DOMAIN, KEY, text));
	}

	now(): number {
		return this.#options.now();
	}

	log(text: string): void {
		this.#options.log(text);
	}

	#stored(): Stored | undefined {
		let text: unknown;
		attempt("Wi-Fi: reading the network that was kept", this.#options.log, () => {
			text = Preference.get(DOMAIN, KEY);
		});
		return fromText(text);
	}

	#report(message: string, reason?: number): void {
		if (message === "gotIP") {
			if (!this.#station.gotAddress()) return;
			this.#options.onNetwork();
			this.manager.address();
		} else if (message === "disconnect") {
			if (!this.#station.ended()) return;
			if (reason === REJECTED) this.manager.refused();
			else this.manager.lost();
		} else return;
		this.#changed();
	}

	#changed(): void {
		this.#options.portal.problem = this.manager.problem;
		this.#options.onChanged();
	}
}
