/** The station's side of the SDK's `wifi`: joins one network at a time, and keeps apart whose end the driver reports. */
import Timer from "timer";
import WiFi from "wifi";
import type { Credentials } from "../../modules/network/credentials.js";
import { attempt } from "./attempt.js";

/** The longest to wait for the driver's word that the network before is left, ms; as a rule it takes a few. */
const LEAVE_LIMIT = 1000;

export class Station {
	/** The driver joins or has joined, and has not reported the end of that. */
	#linked = false;
	/** To be joined once the network before is left. */
	#next: Credentials | undefined;
	#timer: Timer | undefined;

	constructor(private readonly log: (text: string) => void) {}

	/**
	 * Starts to join. The network that is joined, or the try that is under way, is ended first, and its report waited for: it
	 * comes late, as a message, and would be taken for the end of the new try.
	 */
	join(credentials: Credentials): void {
		if (!this.#linked) {
			this.#connect(credentials);
			return;
		}
		this.leave();
		this.#next = credentials;
		this.#timer = Timer.set(() => this.#goOn(), LEAVE_LIMIT);
	}

	/** Stops joining. */
	leave(): void {
		this.#forgetNext();
		if (this.#linked) attempt("Wi-Fi: leaving", this.log, () => WiFi.disconnect());
	}

	/** The driver reports an address: whether it is of the network that is wanted. */
	gotAddress(): boolean {
		return this.#next === undefined;
	}

	/** The driver reports the end of a connection or of a try: whether it is news. */
	ended(): boolean {
		this.#linked = false;
		if (this.#next === undefined) return true;
		this.#goOn();
		return false;
	}

	#goOn(): void {
		const next = this.#next;
		this.#forgetNext();
		if (next) this.#connect(next);
	}

	#forgetNext(): void {
		this.#next = undefined;
		Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	#connect({ ssid, password }: Credentials): void {
		// Where the driver refuses, the manager's own limit on a try brings the next one.
		this.#linked = attempt("Wi-Fi: joining", this.log, () => WiFi.connect(password ? { ssid, password } : { ssid }));
	}
}
