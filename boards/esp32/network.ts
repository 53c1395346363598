/** `host-shim/platform/network` on the ESP32: Wi-Fi with its set-up portal, and mDNS while the network is joined. */
import type { NetworkOptions } from "host-shim/platform/network";
// biome-ignore lint/style/useNodejsImportProtocol: the SDK's module of that name
import Net from "net";
import Timer from "timer";
import { JOINED, JOINING, WAITING } from "../../modules/network/wifi-table.js";
import { attempt } from "./attempt.js";
import { Mdns } from "./mdns.js";
import { Wifi } from "./wifi.js";

/** How long after a try to announce the K1 that failed the next one is made, ms. */
const AGAIN = 5000;

export default class Network {
	readonly #options: NetworkOptions;
	readonly #wifi: Wifi;
	#joined = false;
	#mdns: Mdns | undefined;
	#timer: Timer | undefined;

	constructor(options: NetworkOptions) {
		this.#options = options;
		const { portal, built, now, log, onNetwork } = options;
		portal.hostName = options.hostName;
		this.#wifi = new Wifi({ portal, built, now, log, onNetwork, onChanged: () => this.#changed() });
	}

	start(): void {
		this.#wifi.start();
		this.#changed();
	}

	#changed(): void {
		const { state } = this.#wifi.manager;
		const joined = state === JOINED;
		this.#options.onState(joined ? "ready" : state === JOINING || state === WAITING ? "joining" : "set-up");
		if (joined === this.#joined) return;
		this.#joined = joined;
		if (joined) {
			this.#options.log(`network: http://${Net.get("IP", "station")}/`);
			this.#appear();
		} else {
			this.#disappear();
		}
	}

	#appear(): void {
		this.#timer = undefined;
		const { portal, hostName, port, announcement, log, onName } = this.#options;
		const claimed = (name: string) => {
			portal.hostName = name;
			onName(name);
		};
		// Until it is there the K1 is reached under its address.
		const done = attempt("mDNS", log, () => {
			this.#mdns = new Mdns({ hostName, port, announcement, claimed, log });
		});
		if (!done) this.#timer = Timer.set(() => this.#appear(), AGAIN);
	}

	#disappear(): void {
		Timer.clear(this.#timer);
		this.#timer = undefined;
		try {
			this.#mdns?.close();
		} catch {
			// There is no network to say good-bye on.
		}
		this.#mdns = undefined;
	}
}
