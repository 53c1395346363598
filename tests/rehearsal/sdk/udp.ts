/** `embedded:io/socket/udp` as the SDK has it for lwIP: modules/io/socket/lwip/udp.c. */
export interface UDPOptions {
	port?: number;
	onReadable?: (this: UDP, packets: number) => void;
}

export default class UDP {
	readonly #port: number;

	constructor(options: UDPOptions) {
		chip.lwip.check();
		this.#port = options.port ?? 0;
		// udp_bind without SO_REUSEADDR: ERR_USE.
		if (chip.lwip.udp.has(this.#port)) throw new Error("bind failed");
		chip.lwip.udp.add(this.#port);
	}

	close(): void {
		chip.lwip.udp.delete(this.#port);
	}
}
