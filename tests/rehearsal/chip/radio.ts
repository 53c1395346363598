/** What is in the air around the K1, and the Wi-Fi driver's part of what happens then (modules/network/wifi/esp32/xs6wifi.c). */
import type { Chip } from "./chip.js";

/** A router in reach. */
export interface Router {
	readonly ssid: string;
	password: string;
	/** It is on. */
	on: boolean;
	/** So many handshakes to come are broken off, as by a router that is still starting. */
	broken: number;
}

/** How long things take, ms. */
const SCAN = 2500;
const SCAN_ALL_CHANNELS = 2400;
const ASSOCIATE = 800;
const HANDSHAKE_TIMEOUT = 3500;
const DHCP = 700;
const BEACON_TIMEOUT = 6000;
const EVENT = 20;

type Message = "start" | "connect" | "gotIP" | "disconnect" | "station_connect" | "station_disconnect";

export class Radio {
	readonly routers: Router[] = [];
	/** A search is under way and never answers. */
	scanHangs = false;
	/** What the script was called back with. */
	readonly #listeners: ((message: Message, reason?: number) => void)[] = [];
	/** esp_wifi's mode: 0 none, 1 station, 2 access point, 3 both. */
	mode = 0;
	/** Joining or joined, and what. */
	#link: { router: Router | undefined; ssid: string; password: string } | undefined;
	#joined = false;
	/** gDisconnectReason: -1 once a handshake was broken off, until the next connect. */
	#reason = 0;
	#scan: { callback: (item: { ssid: string; rssi: number } | null) => void } | undefined;

	constructor(private readonly chip: Chip) {}

	listen(callback: (message: Message, reason?: number) => void): void {
		this.#listeners.push(callback);
	}

	/** A router comes up. */
	add(ssid: string, password: string): Router {
		const router = { ssid, password, on: true, broken: 0 };
		this.routers.push(router);
		return router;
	}

	/** A router goes away; whoever has joined it notices by the beacons that do not come. */
	off(router: Router): void {
		router.on = false;
		const link = this.#link;
		if (link?.router !== router) return;
		this.chip.later(BEACON_TIMEOUT, () => {
			if (this.#link === link && !router.on) this.#unlink(0);
		});
	}

	setMode(mode: number): void {
		const before = this.mode;
		this.mode = mode;
		if (before === 0 && mode & 1) this.#report("start");
		// The access point's end is an event too; its network is gone when that was handled.
		if (before & 2 && !(mode & 2)) this.chip.later(EVENT, () => this.chip.lwip.setUp("ap", (this.mode & 2) !== 0));
		if (!(before & 2) && mode & 2) this.chip.later(EVENT, () => this.chip.lwip.setUp("ap", (this.mode & 2) !== 0));
	}

	/** xs_wifi_connect: whatever there is is ended first (clearConfig), and that end is reported. */
	connect(ssid: string, password: string): void {
		this.#reason = 0;
		this.disconnect();
		// esp_wifi.h, esp_wifi_connect: it aborts a scan that is under way.
		this.#endScan(true);
		const link = { router: undefined as Router | undefined, ssid, password };
		this.#link = link;
		const still = (run: () => void) => () => {
			if (this.#link === link) run();
		};
		this.chip.later(
			SCAN_ALL_CHANNELS,
			still(() => {
				const router = this.routers.find((one) => one.on && one.ssid === ssid);
				// WIFI_REASON_NO_AP_FOUND
				if (!router) return this.#unlink(0);
				link.router = router;
				if (router.password !== password || router.broken > 0) {
					if (router.broken > 0) router.broken--;
					// WIFI_REASON_4WAY_HANDSHAKE_TIMEOUT and four others count as a password that was rejected.
					this.chip.later(
						HANDSHAKE_TIMEOUT,
						still(() => this.#unlink(-1)),
					);
					return;
				}
				this.chip.later(
					ASSOCIATE,
					still(() => {
						this.#report("connect");
						this.chip.later(
							DHCP,
							still(() => {
								if (!router.on) return;
								this.#joined = true;
								// The interface is the default one from the address on (esp_netif_lwip.c, ESP_NETIF_GOT_IP).
								this.chip.lwip.setUp("station", true);
								this.#report("gotIP");
							}),
						);
					}),
				);
			}),
		);
	}

	/** esp_wifi_disconnect: the end of a connection or of a try is reported as any other; without one there is nothing to report. */
	disconnect(): void {
		if (this.#link) this.#unlink(this.#reason);
	}

	get joined(): boolean {
		return this.#joined;
	}

	/** esp_wifi_scan_start. @throws while one is under way, or while the station joins (ESP_ERR_WIFI_STATE) */
	scan(callback: (item: { ssid: string; rssi: number } | null) => void): void {
		if (this.#scan) throw new Error("already scanning");
		if (this.mode === 0 || (this.#link && !this.#joined)) throw new Error("scan request failed");
		const scan = { callback };
		this.#scan = scan;
		this.chip.later(SCAN, () => {
			if (this.#scan === scan && !this.scanHangs) this.#endScan(false);
		});
	}

	/** xs_wifi_scan without arguments: nobody is called back. */
	stopScan(): void {
		this.#scan = undefined;
	}

	/** A scan that was cut short answers with what it has: nothing. */
	#endScan(short: boolean): void {
		const scan = this.#scan;
		if (!scan || this.scanHangs) return;
		this.#scan = undefined;
		const found = short ? [] : this.routers.filter(({ on }) => on);
		this.chip.post("event", () => {
			for (const { ssid } of found) scan.callback({ ssid, rssi: -50 });
			scan.callback(null);
		});
	}

	#unlink(reason: number): void {
		this.#link = undefined;
		this.#joined = false;
		this.chip.lwip.setUp("station", false);
		if (reason !== 0) this.#reason = reason;
		this.#report("disconnect");
	}

	/** doWiFiEvent: from the event task, by way of the queue; the reason is read when the message is delivered. */
	#report(message: Message): void {
		this.chip.later(EVENT, () => {
			for (const listener of this.#listeners) {
				this.chip.post("event", () => {
					if (message === "disconnect") listener(message, this.#reason);
					else listener(message);
				});
			}
		});
	}
}
