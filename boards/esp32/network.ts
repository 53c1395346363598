/** `host-shim/platform/network` on the ESP32: Wi-Fi with its set-up portal, and mDNS while the network is joined. */
import type { NetworkOptions } from "host-shim/platform/network";
// biome-ignore lint/style/useNodejsImportProtocol: the SDK's module of that name
import Net from "net";
import Time from "time";
import { JOINED } from "../../modules/network/wifi-table.js";
import { Mdns } from "./mdns.js";
import { Wifi } from "./wifi.js";

export default class Network {
	readonly #options: NetworkOptions;
	readonly #wifi: Wifi;
	#mdns: Mdns | undefined;

	constructor(options: NetworkOptions) {
		this.#options = options;
		const { portal, built, log } = options;
		portal.hostName = options.hostName;
		this.#wifi = new Wifi({ portal, built, log, onChanged: () => this.#changed() }, () => Time.ticks);
	}

	start(): void {
		this.#wifi.start();
	}

	#changed(): void {
		if (this.#wifi.manager.state === JOINED) {
			if (!this.#mdns) this.#appear();
		} else {
			this.#disappear();
		}
	}

	#disappear(): void {
		try {
			this.#mdns?.close();
		} catch {
			// There is no network to say good-bye on.
		}
		this.#mdns = undefined;
	}

	#appear(): void {
		const { hostName, port, announcement, log } = this.#options;
		log(`network: http://${Net.get("IP", "station")}/`);
		try {
			this.#mdns = new Mdns(hostName, port, announcement, log);
		} catch (error) {
			// The K1 is reached under its address all the same.
			log(`mDNS failed: ${error instanceof Error ? error.message : error}`);
		}
	}
}
