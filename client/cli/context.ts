import { lookup } from "node:dns/promises";
import { type Address, parseAddress } from "../src/address.js";
import { ConnectionError } from "../src/errors.js";
import { K1 } from "../src/k1.js";
import { findDevice } from "./discovery.js";
import { withHost } from "./host.js";
import { savedDevice } from "./settings.js";

/** Options that every command has. */
export interface GlobalOptions {
	readonly device?: string;
	readonly token?: string;
	/** Seconds to wait for an answer. */
	readonly timeout: number;
	readonly json?: boolean;
}

/** Where a device's address comes from, in words. */
export interface Choice {
	readonly text: string;
	readonly from: string;
}

/** What a command has besides its own arguments. */
export class Context {
	#k1: K1 | undefined;
	#address: Promise<Address> | undefined;

	constructor(
		readonly options: GlobalOptions,
		/** Ctrl-C. */
		readonly signal: AbortSignal,
	) {}

	/** Prints JSON instead of text for people. */
	get json(): boolean {
		return this.options.json === true;
	}

	/** ms */
	get timeout(): number {
		return Math.round(1000 * this.options.timeout);
	}

	/** The device that is meant, as it was given. */
	choice(): Choice {
		const { device } = this.options;
		if (device !== undefined) return { text: device, from: "--device" };
		const { K1_DEVICE } = process.env;
		if (K1_DEVICE !== undefined && K1_DEVICE !== "") return { text: K1_DEVICE, from: "K1_DEVICE" };
		const saved = savedDevice();
		if (saved !== undefined) return { text: saved, from: "k1 use" };
		return { text: "prism-k1.local", from: "nothing given" };
	}

	/** The device's address. Names of mDNS are looked up here where the system cannot; once. */
	address(): Promise<Address> {
		this.#address ??= this.#find();
		return this.#address;
	}

	async #find(): Promise<Address> {
		const address = parseAddress(this.choice().text, this.options.token ?? process.env.K1_TOKEN);
		const { hostname } = new URL(address.base);
		if (!hostname.endsWith(".local")) return address;
		try {
			await lookup(hostname);
			return address;
		} catch {
			const found = await findDevice(hostname, this.timeout, this.signal);
			if (found === undefined) {
				throw new ConnectionError("refused", `no device in this network has the name ${hostname}`);
			}
			return withHost(address, found);
		}
	}

	/** Connects; the connection is closed when the command is over. */
	async connect(): Promise<K1> {
		const { socket, token } = await this.address();
		this.#k1 = await K1.connect(socket, { token, timeout: this.timeout, reconnect: false, signal: this.signal });
		return this.#k1;
	}

	async close(): Promise<void> {
		await this.#k1?.close();
	}
}
