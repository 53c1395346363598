/** What the K1 tells the network about itself over mDNS (RFC 6762) and DNS-SD (RFC 6763). */
import { encodeUtf8 } from "../bytes/bytes.js";

/** The services that it advertises, both on the HTTP server's port. */
export const SERVICE_TYPES = Object.freeze(["_http._tcp", "_prism._tcp"]) as readonly string[];

/** Longest host name, bytes: a label of the DNS (RFC 1035, 2.3.4). */
const LABEL_LIMIT = 63;

/** Room for the TXT record: what RFC 6763, 6.2 suggests at most is 1,300 bytes; ours is near 90. */
const TXT_LIMIT = 256;

export interface Announcement {
	/** Version of the wire protocol. */
	readonly protocol: number;
	/** Version of the firmware. */
	readonly firmware: string;
	readonly leds: number;
}

/** What a K1 can do beside storing patterns, for those who look for one. */
const ABILITIES = "play,live,watch";

/** The keys and values of the TXT record, in order (RFC 6763, 6.4: keys of at most 9 characters). */
export function txtEntries(announcement: Announcement): [string, string][] {
	return [
		["txtvers", "1"],
		["protocol", String(announcement.protocol)],
		["firmware", announcement.firmware],
		["leds", String(announcement.leds)],
		["path", "/ws"],
		["can", ABILITIES],
	];
}

/** The TXT record's data (RFC 6763, 6.1): for each entry a length byte and `key=value`. */
export function txtRecord(announcement: Announcement): Uint8Array {
	const record = new Uint8Array(new ArrayBuffer(TXT_LIMIT));
	let end = 0;
	for (const [key, value] of txtEntries(announcement)) {
		const after = encodeUtf8(`${key}=${value}`, record, end + 1);
		record[end] = after - end - 1;
		end = after;
	}
	return record.slice(0, end);
}

/**
 * The host name to claim on the given try: `prism-k1`, and when another device has it `prism-k1-2`, `prism-k1-3`.
 * @param tries from 1
 */
export function numberedName(base: string, tries: number): string {
	const suffix = tries > 1 ? `-${tries}` : "";
	return base.slice(0, LABEL_LIMIT - suffix.length) + suffix;
}
