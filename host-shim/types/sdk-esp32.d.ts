/** Modules of the Moddable SDK that only boards/esp32 uses, as far as it uses them. */

declare module "wifi" {
	/** What the driver reports; "disconnect" comes with -1 where the password was rejected. */
	type Message = "start" | "connect" | "gotIP" | "lostIP" | "disconnect" | "station_connect" | "station_disconnect";

	export default class WiFi {
		/** Reports what happens until it is closed. */
		constructor(options: undefined, callback: (message: Message, reason?: number) => void);
		close(): void;
		/** 1 station, 2 access point, 3 both; setting it brings the IP stack up. */
		static mode: number;
		/** Starts to join. @throws when the driver refuses */
		static connect(options: { ssid: string; password?: string }): void;
		static disconnect(): void;
		/** Puts the access point up; with `station`, beside the station. @throws when the driver refuses */
		static accessPoint(options: { ssid: string; max?: number; station?: boolean }): void;
		/** Calls back with each network found, strongest first, and with `null` at the end. @throws while a scan is under way, or when the driver refuses */
		static scan(options: object, callback: (item: { ssid: string; rssi: number } | null) => void): void;
		/** Gives the scan up; nobody is called back. */
		static scan(): void;
	}
}

declare module "preference" {
	const Preference: {
		/** @throws when the store fails */
		get(domain: string, key: string): string | boolean | number | ArrayBuffer | undefined;
		/** @throws when the store is full or fails */
		set(domain: string, key: string, value: string): void;
		/** Nothing happens where there is none. @throws when the store fails */
		delete(domain: string, key: string): void;
	};
	export default Preference;
}

declare module "net" {
	const Net: {
		/** "IP" of "station" or "ap"; `undefined` while there is none. */
		get(property: string, networkInterface?: string): string | undefined;
	};
	export default Net;
}

declare module "dns/server" {
	/** Answers look-ups of names (A records) on port 53. */
	export default class Server {
		/** @param callback is given each name and returns the address for it */
		constructor(callback: (message: number, name?: string) => string, options?: { ttl?: number });
		/** Called by the socket below with everything that arrives. */
		callback(message: number, value?: number, address?: string, port?: number): void;
		close(): void;
	}
}

declare module "embedded:io/socket/udp" {
	export interface UDPOptions {
		port?: number;
		onReadable?: (this: UDP, packets: number) => void;
	}

	export default class UDP {
		constructor(options: UDPOptions);
		close(): void;
	}
}

declare module "embedded:network/dnssd" {
	import type UDP from "embedded:io/socket/udp";

	interface Handle {
		close(): void;
	}

	export default class DNSSD {
		constructor(options: { socket: { io: typeof UDP } });
		/** Asks the network whether the name is free; exactly one of the two is called, about a second later. */
		claim(options: { host: string; onReady: () => void; onError: () => void }): Handle;
		advertise(options: {
			serviceType: string;
			host: string;
			name?: string;
			port: number;
			/** The record's data. */
			txt: Uint8Array;
		}): Handle;
		/** Takes everything back and ends. */
		close(): void;
	}
}

declare module "resetReason" {
	export default function getResetReason(): { reason: number; string: string };
}
