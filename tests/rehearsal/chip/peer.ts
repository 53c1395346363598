/** Somebody in the network who opens a TCP connection to the K1, and reads all that comes. */
import type { Chip } from "./chip.js";
import { type Interface, Pcb } from "./lwip.js";

/** How long a segment is on its way, ms. */
const WAY = 3;
/** lwIP offers data again that was refused (tcp_fasttmr). */
const FAST_TIMER = 250;

export class Peer {
	/** What came from the K1. */
	readonly heardBytes: Uint8Array[] = [];
	refused = false;
	/** The K1 has closed the connection. */
	closed = false;
	readonly #pcb: Pcb = new Pcb(this);
	#accepted = false;

	/**
	 * Connects at once.
	 * @param by the interface that the peer is behind
	 */
	constructor(
		private readonly chip: Chip,
		readonly address: string,
		by: Interface,
		port: number,
	) {
		chip.later(WAY, () => {
			const listener = chip.lwip.tcp.get(port);
			if (!listener || !chip.lwip.isUp(by)) {
				this.refused = true;
				return;
			}
			this.#accepted = true;
			listener.accept(this.#pcb);
		});
	}

	get connected(): boolean {
		return this.#accepted && !this.closed && !this.#pcb.freed;
	}

	send(bytes: Uint8Array): void {
		this.chip.later(WAY, () => this.#deliver(bytes));
	}

	/** Ends its side: the K1 hears of it where somebody listens, and never where nobody does yet and there is no data to refuse. */
	finish(): void {
		this.chip.later(WAY, () => this.#pcb.owner?.finished());
	}

	/** Breaks the connection: lwIP frees its side of it. */
	breakOff(): void {
		this.chip.later(WAY, () => {
			this.#pcb.freed = true;
			this.#pcb.owner?.failed();
		});
	}

	heard(bytes: Uint8Array): void {
		this.chip.later(WAY, () => this.heardBytes.push(bytes));
		// Acknowledged when it was read, which is at once.
		this.chip.later(2 * WAY, () => {
			this.#pcb.room += bytes.length;
			if (!this.#pcb.freed) this.#pcb.owner?.sent();
		});
	}

	closedByK1(): void {
		this.chip.later(WAY, () => {
			this.closed = true;
		});
	}

	#deliver(bytes: Uint8Array): void {
		if (this.#pcb.freed) return;
		if (this.refused || this.closed) return;
		// Nobody takes it before the socket is made (listenerReceive in modules/io/socket/lwip/tcp.c says ERR_MEM).
		if (!this.#pcb.owner) this.chip.later(FAST_TIMER, () => this.#deliver(bytes));
		else {
			this.#pcb.unread.push(bytes);
			this.#pcb.owner.received();
		}
	}
}
