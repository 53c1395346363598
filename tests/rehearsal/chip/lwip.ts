/** The IP stack: which interfaces are up, and who listens on which port. */
import type { Chip } from "./chip.js";

/** Takes a connection: lwIP's accept callback. */
export interface Accepting {
	accept(pcb: Pcb): void;
}

/** Takes what lwIP has for a connection; none before the script's socket is made. */
export interface Receiving {
	received(): void;
	finished(): void;
	failed(): void;
	sent(): void;
}

/** Room to send in: CONFIG_LWIP_TCP_SND_BUF_DEFAULT. */
const SEND_BUFFER = 5744;

/** One TCP connection as lwIP has it. */
export class Pcb {
	/** Freed by lwIP, as after an RST. */
	freed = false;
	unread: Uint8Array[] = [];
	room = SEND_BUFFER;
	owner: Receiving | undefined;
	/** Written, not yet on its way. */
	waiting: Uint8Array[] = [];

	constructor(readonly peer: { readonly address: string; heard(bytes: Uint8Array): void; closedByK1(): void }) {}
}

/** An interface of the chip. */
export type Interface = "station" | "ap";

export class Lwip {
	readonly #up = new Set<Interface>();
	readonly tcp = new Map<number, Accepting>();
	/** UDP ports that are taken. */
	readonly udp = new Set<number>();
	/** Sockets that the script has made and not closed. */
	open = 0;

	constructor(private readonly chip: Chip) {}

	/** An interface comes up or goes down. */
	setUp(which: Interface, up: boolean): void {
		if (up) this.#up.add(which);
		else this.#up.delete(which);
	}

	isUp(which: Interface): boolean {
		return this.#up.has(which);
	}

	/**
	 * CHECK_NETWORK_SAFE (modules/io/common/builtinCommon.h): there is no socket without a default interface, which a station is
	 * from its address on and an access point from the event of its start on (esp_netif_lwip.c, esp_netif_update_default_netif_lwip).
	 */
	check(): void {
		this.chip.callLwip();
		if (this.#up.size === 0) throw new Error("no network");
	}
}
