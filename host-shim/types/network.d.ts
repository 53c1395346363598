/** `host-shim/platform/network`: what puts the K1 on a network. One file for each platform: docs/device.md, "Platform parts". */
declare module "host-shim/platform/network" {
	export interface NetworkOptions {
		/** Where the set-up's pages come from; it opens and closes with the access point. */
		portal: import("../../modules/network/portal.js").Portal;
		/** The name to claim, without `.local`. */
		hostName: string;
		/** The HTTP server's port. */
		port: number;
		/** What mDNS tells about the K1. */
		announcement: import("../../modules/network/services.js").Announcement;
		/** The network that the build was configured with; an empty name for none. */
		built: import("../../modules/network/credentials.js").Credentials;
		/** Milliseconds since boot, never wrapping. */
		now: () => number;
		/** There is a network, or will be in a moment: the server may listen. Called again whenever there is a new one. */
		onNetwork: () => void;
		/** Called at the start and whenever it is different: no network yet, the set-up is open, or there is a network. */
		onState: (state: "joining" | "set-up" | "ready") => void;
		/** The K1 has this name in the network, without `.local`; called before anybody can know it. */
		onName: (name: string) => void;
		/** Takes a line for the log. */
		log: (text: string) => void;
	}

	/** The K1's network. Making it brings the IP stack up; there is nothing to listen on before `onNetwork`. */
	export default class Network {
		constructor(options: NetworkOptions);
		/** Joins the network, or opens the set-up; from here on it goes on by itself. */
		start(): void;
	}
}
