/** The DNS server on the set-up's access point: every name leads to the K1, so every browser finds the form. */
import Server from "dns/server";
import { SETUP_ADDRESS } from "../../modules/network/portal.js";

export class SetupDns extends Server {
	constructor() {
		super(() => SETUP_ADDRESS);
	}

	/** As the server's own, but a look-up that cannot be read or answered is dropped instead of ending the machine. */
	override callback(message: number, value?: number, address?: string, port?: number): void {
		try {
			super.callback(message, value, address, port);
		} catch {
			// The phone asks again.
		}
	}
}
