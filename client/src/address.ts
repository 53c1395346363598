import { ArgumentError } from "./errors.js";

/** Where a K1 is. */
export interface Address {
	/** `ws://HOST:PORT/ws`, without the token. */
	readonly socket: string;
	/** `http://HOST:PORT/`, to which `patterns/NAME` is added. */
	readonly base: string;
	/** Access token; empty: none. */
	readonly token: string;
}

/** Schemes, and the one that goes with each for HTTP. */
const SCHEMES: Readonly<Record<string, string>> = Object.freeze({
	"ws:": "http:",
	"http:": "http:",
	"wss:": "https:",
	"https:": "https:",
});
/** What `/ws` and everything else of the device is below. */
const SOCKET_PATH = /\/(ws)?$/;

/**
 * Reads the address of a K1: `ws://` or `http://` with a host, a host with or without a port, or a device's name, of which
 * `prism-k1` is short for `prism-k1.local`. A `?token=` in it is its access token.
 * @throws ArgumentError for anything else
 */
export function parseAddress(text: string, token = ""): Address {
	const trimmed = text.trim();
	const full = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
	let url: URL;
	try {
		url = new URL(full);
	} catch {
		throw new ArgumentError(`"${text}" is no address; take one such as prism-k1.local or ws://192.168.1.20/ws`);
	}
	const scheme = SCHEMES[url.protocol];
	if (scheme === undefined || url.hostname === "") {
		throw new ArgumentError(`"${text}" is no address of a K1; it starts with ws:// or http://, or is a name`);
	}
	const bare = trimmed === full ? url.host : url.host.replace(/^([a-z0-9-]*[a-z-][a-z0-9-]*)(?=:|$)/i, withDomain);
	const path = `${url.pathname.replace(SOCKET_PATH, "")}/`;
	return {
		socket: `${scheme === "http:" ? "ws:" : "wss:"}//${bare}${path}ws`,
		base: `${scheme}//${bare}${path}`,
		token: token || (url.searchParams.get("token") ?? ""),
	};
}

/** A name of one word is in the domain of mDNS. */
function withDomain(name: string): string {
	return name.toLowerCase() === "localhost" ? name : `${name}.local`;
}
