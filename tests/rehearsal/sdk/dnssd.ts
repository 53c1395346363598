/** `embedded:network/dnssd`: modules/io/dnssd/dnssd.js. */
import type { ChipTimer } from "../chip/chip.js";
import Net from "./net.js";
import Timer from "./timer.js";
import type UDP from "./udp.js";

interface Advertised {
	readonly host: string;
	readonly serviceType: string;
	readonly port: number;
	readonly txt: Uint8Array;
}

interface Claimed {
	readonly host: string;
	readonly timer: ChipTimer;
}

/** Four looks, 250 ms apart: three probes, and the name is the K1's. */
const LOOK = 250;
const LOOKS = 4;

export default class DNSSD {
	readonly #socket: UDP;
	readonly #claims: Claimed[] = [];
	readonly #services: Advertised[] = [];

	constructor(options: { socket: { io: new (options: { port: number }) => UDP } }) {
		this.#socket = new options.socket.io({ port: 5353 });
	}

	claim(options: { host: string; onReady: () => void; onError: () => void }): { close(): void } {
		const { host } = options;
		if (this.#claims.some((claim) => claim.host === host)) throw new Error("duplicate");
		let looks = 0;
		const timer = Timer.repeat(() => {
			if (chip.neighbours.has(host.toLowerCase()) && looks > 0) {
				this.#unclaim(claim);
				options.onError();
				return;
			}
			// The probe has the address in it: without one the serializer's split() of undefined throws, in a timer.
			address(Net.get("IP"));
			if (++looks < LOOKS) return;
			Timer.clear(timer);
			options.onReady();
		}, LOOK);
		const claim = { host, timer };
		this.#claims.push(claim);
		return { close: () => this.#unclaim(claim) };
	}

	advertise(service: Advertised): void {
		address(Net.get("IP"));
		this.#services.push(service);
		chip.advertised.push(service);
	}

	close(): void {
		for (const claim of [...this.#claims]) this.#unclaim(claim);
		for (const service of this.#services) chip.advertised.splice(chip.advertised.indexOf(service), 1);
		this.#socket.close();
	}

	#unclaim(claim: Claimed): void {
		Timer.clear(claim.timer);
		const index = this.#claims.indexOf(claim);
		if (index >= 0) this.#claims.splice(index, 1);
	}
}

function address(text: string | undefined): void {
	if (text === undefined) throw new TypeError("cannot split an address that is not there");
}
