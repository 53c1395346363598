/** The K1's name and services on the network it joined, by the SDK's `embedded:network/dnssd`. */
import UDP, { type UDPOptions } from "embedded:io/socket/udp";
import DNSSD from "embedded:network/dnssd";
import { type Announcement, numberedName, SERVICE_TYPES, txtRecord } from "../../modules/network/services.js";

/** A socket that drops a packet which the reader above it throws at, instead of ending the machine. */
class GuardedUDP extends UDP {
	constructor(options: UDPOptions) {
		const { onReadable } = options;
		super({
			...options,
			onReadable(packets) {
				for (let i = 0; i < packets; i++) {
					try {
						// One at a time: a packet that throws must not leave the ones after it unread.
						onReadable?.call(this, 1);
					} catch {
						// Whoever sent it gets no answer.
					}
				}
			},
		});
	}
}

export class Mdns {
	readonly #dnssd = new DNSSD({ socket: { io: GuardedUDP } });

	/**
	 * Claims the name, or the first of its numbered ones that nobody has, and then advertises the services.
	 * @param port of the HTTP server
	 */
	constructor(
		private readonly hostName: string,
		private readonly port: number,
		private readonly announcement: Announcement,
		private readonly log: (text: string) => void,
	) {
		this.#claim(1);
	}

	/** Takes name and services back. */
	close(): void {
		this.#dnssd.close();
	}

	#claim(tries: number): void {
		const host = numberedName(this.hostName, tries);
		const claim = this.#dnssd.claim({
			host,
			onReady: () => this.#advertise(host),
			onError: () => {
				claim.close();
				this.#claim(tries + 1);
			},
		});
	}

	#advertise(host: string): void {
		const { port } = this;
		// As bytes: the SDK 8.2.3 loses the entries of the Map that it documents.
		const txt = txtRecord(this.announcement);
		for (const serviceType of SERVICE_TYPES) {
			this.#dnssd.advertise({ serviceType, host, name: host, port, txt });
		}
		this.log(`mDNS: http://${host}.local/`);
	}
}
