/** The open network for the set-up: the SDK's access point, and the DNS server that leads everybody there to the form. */
import Timer from "timer";
import WiFi from "wifi";
import { SETUP_SSID } from "../../modules/network/portal.js";
import { attempt } from "./attempt.js";
import { SetupDns } from "./setup-dns.js";

/** How often to see whether what was not there yet is there now, ms. */
const AGAIN = 250;
const STATION = 1;

export class SetupAccess {
	#up = false;
	#complaint = "";
	#dns: SetupDns | undefined;
	#timer: Timer | undefined;

	/** @param onUp called when the access point was started */
	constructor(
		private readonly log: (text: string) => void,
		private readonly onUp: () => void,
	) {}

	/** Puts it up, trying until it is. */
	open(): void {
		if (this.#timer) return;
		this.#timer = Timer.repeat(() => this.#step(), AGAIN);
		this.#step();
	}

	close(): void {
		this.#rest();
		const dns = this.#dns;
		this.#dns = undefined;
		if (dns) attempt("set-up: DNS", this.log, () => dns.close());
		if (this.#up) {
			attempt("set-up: access point", this.log, () => {
				WiFi.mode = STATION;
			});
		}
		this.#up = false;
	}

	#step(): void {
		if (!this.#up && !this.#start()) return;
		try {
			// There is no network before the event task has handled the access point's start, and no socket before there is a network.
			this.#dns ??= new SetupDns();
		} catch {
			return;
		}
		this.#rest();
		this.log(`set-up: join the network ${SETUP_SSID} and a page opens`);
	}

	#start(): boolean {
		// Once for each reason: it may be tried for hours.
		const complain = (line: string) => {
			if (line !== this.#complaint) this.log(line);
			this.#complaint = line;
		};
		this.#up = attempt("set-up: access point", complain, () => {
			// It goes over to station and access point itself, after it has made the interface; with the mode set before, the
			// access point would start without an interface, and so without its DHCP server.
			WiFi.accessPoint({ ssid: SETUP_SSID, max: 4, station: true });
		});
		if (this.#up) this.onUp();
		return this.#up;
	}

	#rest(): void {
		Timer.clear(this.#timer);
		this.#timer = undefined;
	}
}
