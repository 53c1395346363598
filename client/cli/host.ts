import type { Address } from "../src/address.js";

/** The same address at another host: for names that only we have looked up. */
export function withHost(address: Address, host: string): Address {
	const moved = (text: string) => {
		const url = new URL(text);
		url.hostname = host;
		return url.href;
	};
	return { ...address, socket: moved(address.socket), base: moved(address.base) };
}
