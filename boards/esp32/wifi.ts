/** The Wi-Fi manager's port on the ESP32: the SDK's `wifi`, its preference store and a timer. */
import Preference from "preference";
import Timer from "timer";
import WiFi from "wifi";
import { type Credentials, choose, fromText, toText } from "../../modules/network/credentials.js";
import { type Portal, SETUP_SSID } from "../../modules/network/portal.js";
import { WifiManager, type WifiPort } from "../../modules/network/wifi-manager.js";
import { SetupDns } from "./setup-dns.js";
import stayAwake from "./wifi-awake.js";

const STATION = 1;
const DOMAIN = "wifi";
const KEY = "network";
/** What the driver gives with "disconnect" where the password was rejected. */
const REJECTED = -1;

export interface WifiOptions {
	portal: Portal;
	/** The network that the build was configured with. */
	built: Credentials;
	log: (text: string) => void;
	/** Called whenever the network is joined or lost. */
	onChanged: () => void;
}

export class Wifi implements WifiPort {
	readonly manager: WifiManager;
	readonly #options: WifiOptions;
	readonly #ticks: () => number;
	#timer: Timer | undefined;
	#dns: SetupDns | undefined;

	/**
	 * Brings the driver and the IP stack up.
	 * @param ticks milliseconds, of any origin
	 */
	constructor(options: WifiOptions, ticks: () => number) {
		this.#options = options;
		this.#ticks = ticks;
		this.manager = new WifiManager(this);
		WiFi.mode = STATION;
		stayAwake();
		new WiFi(undefined, (message, reason) => this.#report(message, reason));
		options.portal.onSubmit = (credentials) => {
			this.manager.submitted(credentials);
			this.#changed();
		};
		options.portal.onSearch = () => this.search();
	}

	start(): void {
		this.manager.start(choose(fromText(Preference.get(DOMAIN, KEY)), this.#options.built));
	}

	join(credentials: Credentials): void {
		const { ssid, password } = credentials;
		// Where the driver refuses, the manager's own limit on a try brings the next one.
		this.#attempt("join", () => WiFi.connect(password ? { ssid, password } : { ssid }));
	}

	leave(): void {
		this.#attempt("leave", () => WiFi.disconnect());
	}

	openSetup(): void {
		this.#options.portal.open = true;
		this.#attempt("access point", () => {
			// It goes over to station and access point itself, after it has made the interface; with the mode set before, the
			// access point would start without an interface, and so without its DHCP server.
			WiFi.accessPoint({ ssid: SETUP_SSID, max: 4, station: true });
			this.#dns ??= new SetupDns();
		});
	}

	closeSetup(): void {
		this.#options.portal.open = false;
		this.#attempt("access point", () => {
			this.#dns?.close();
			this.#dns = undefined;
			WiFi.mode = STATION;
		});
	}

	search(): void {
		const { portal } = this.#options;
		this.#attempt("scan", () => {
			WiFi.scan({}, (item) => {
				if (item) portal.addNetwork(item.ssid);
			});
			portal.clearNetworks();
		});
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
		this.#attempt("keep", () => Preference.set(DOMAIN, KEY, toText({ ...credentials, builtSsid, builtPassword })));
	}

	now(): number {
		return this.#ticks();
	}

	log(text: string): void {
		this.#options.log(text);
	}

	#report(message: string, reason?: number): void {
		if (message === "gotIP") this.manager.address();
		else if (message === "lostIP") this.manager.lost();
		else if (message === "disconnect") {
			if (reason === REJECTED) this.manager.refused();
			else this.manager.lost();
		} else return;
		this.#changed();
	}

	#changed(): void {
		this.#options.portal.problem = this.manager.problem;
		this.#options.onChanged();
	}

	#attempt(what: string, run: () => void): void {
		try {
			run();
		} catch (error) {
			this.log(`Wi-Fi: ${what} failed: ${error instanceof Error ? error.message : error}`);
		}
	}
}
