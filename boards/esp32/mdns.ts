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

export interface MdnsOptions {
	/** The name to claim, without `.local`. */
	readonly hostName: string;
	/** The HTTP server's port. */
	readonly port: number;
	readonly announcement: Announcement;
	/** Takes the name that was claimed, before anybody hears of it. */
	readonly claimed: (name: string) => void;
	readonly log: (text: string) => void;
}

export class Mdns {
	readonly #dnssd = new DNSSD({ socket: { io: GuardedUDP } });

	/**
	 * Claims the name, or the first of its numbered ones that nobody has, and then advertises the services.
	 * @throws Error without a network
	 */
	constructor(private readonly options: MdnsOptions) {
		this.#claim(1);
	}

	/** Takes name and services back. */
	close(): void {
		this.#dnssd.close();
	}

	#claim(tries: number): void {
		const host = numberedName(this.options.hostName, tries);
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
		const { port, announcement, claimed, log } = this.options;
		claimed(host);
		// As bytes: the SDK 8.2.3 loses the entries of the Map that it documents.
		const txt = txtRecord(announcement);
		for (const serviceType of SERVICE_TYPES) {
			this.#dnssd.advertise({ serviceType, host, name: host, port, txt });
		}
		log(`mDNS: http://${host}.local/`);
	}
}
