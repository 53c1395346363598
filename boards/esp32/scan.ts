/** The search for networks by the SDK's `wifi`, which takes one at a time and may never answer. */
import WiFi from "wifi";
import { SCAN_LIMIT } from "../../modules/network/wifi-manager.js";
import { attempt } from "./attempt.js";

export class Scan {
	/** Tells the answers of a search that was given up from those of the one that is under way. */
	#serial = 0;
	#running = false;
	#since = 0;

	/**
	 * @param now milliseconds since boot
	 * @param found takes the names at the end, strongest first
	 */
	constructor(
		private readonly log: (text: string) => void,
		private readonly now: () => number,
		private readonly found: (ssids: readonly string[]) => void,
	) {}

	/** Looks for networks, unless that is being done. */
	start(): void {
		if (this.#running && this.now() - this.#since < SCAN_LIMIT) return;
		// The driver refuses a second one as long as it believes in the first.
		this.stop();
		const serial = ++this.#serial;
		const ssids: string[] = [];
		this.#since = this.now();
		this.#running = attempt("Wi-Fi: looking for networks", this.log, () =>
			WiFi.scan({}, (item) => {
				if (serial !== this.#serial) return;
				if (item) {
					ssids.push(item.ssid);
					return;
				}
				this.#running = false;
				this.found(ssids);
			}),
		);
	}

	/** Gives the search up: joining a network aborts it (esp_wifi.h, esp_wifi_connect), and its list would be short. */
	stop(): void {
		if (!this.#running) return;
		this.#running = false;
		this.#serial++;
		attempt("Wi-Fi: ending the search", this.log, () => WiFi.scan());
	}
}
