/** A network's name and password: what may be one, and which of two known ones counts. */
import { encodeUtf8 } from "../bytes/bytes.js";

/** Longest network name, bytes of UTF-8 (IEEE 802.11, 9.4.2.2). */
export const SSID_LIMIT = 32;
/** Shortest and longest password, characters of printable ASCII (IEEE 802.11, J.4.1); an open network has none. */
export const PASSWORD_LEAST = 8;
export const PASSWORD_LIMIT = 63;

export interface Credentials {
	readonly ssid: string;
	/** Empty for an open network. */
	readonly password: string;
}

function printable(text: string, last: number): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x20 || code === 0x7f || code > last) return false;
	}
	return true;
}

function fits(text: string, limit: number): boolean {
	try {
		encodeUtf8(text, new Uint8Array(limit), 0);
		return true;
	} catch {
		return false;
	}
}

/** What is wrong with a network's name and password, as a sentence for whoever typed them; nothing when they will do. */
export function problemOf(ssid: string, password: string): string | undefined {
	if (ssid === "") return "Choose a network or type its name.";
	if (!fits(ssid, SSID_LIMIT)) return "The name is longer than 32 bytes: no network has such a name.";
	if (!printable(ssid, 0xffff)) return "The name holds a control character.";
	if (password === "") return undefined;
	if (password.length < PASSWORD_LEAST) return "A Wi-Fi password has at least 8 characters.";
	if (password.length > PASSWORD_LIMIT) return "A Wi-Fi password has at most 63 characters.";
	if (!printable(password, 0x7e)) return "A Wi-Fi password has letters, digits and signs of ASCII only.";
	return undefined;
}

/** What the store keeps of a network that was typed into the form. */
export interface Stored extends Credentials {
	/** The network that the build was configured with at that time; empty for none. */
	readonly builtSsid: string;
	readonly builtPassword: string;
}

/**
 * Which network counts at boot. One typed into the form wins over the one that the same build was configured with; a
 * build with another configuration wins over what was typed before it.
 * @param built what the build was configured with; an empty name for none
 */
export function choose(stored: Stored | undefined, built: Credentials): Credentials | undefined {
	if (stored === undefined) return built.ssid === "" ? undefined : built;
	if (built.ssid === "") return stored;
	return stored.builtSsid === built.ssid && stored.builtPassword === built.password ? stored : built;
}

/** The text that the store keeps: one value, so that a power cut never leaves one network's name with another's password. */
export function toText(stored: Stored): string {
	return JSON.stringify([stored.ssid, stored.password, stored.builtSsid, stored.builtPassword]);
}

/** What `toText` wrote; nothing for any other value, such as one of another firmware. */
export function fromText(text: unknown): Stored | undefined {
	if (typeof text !== "string") return undefined;
	try {
		const values: unknown = JSON.parse(text);
		if (!Array.isArray(values) || values.length !== 4) return undefined;
		if (!values.every((value) => typeof value === "string")) return undefined;
		const [ssid = "", password = "", builtSsid = "", builtPassword = ""] = values as string[];
		return problemOf(ssid, password) === undefined ? { ssid, password, builtSsid, builtPassword } : undefined;
	} catch {
		return undefined;
	}
}
