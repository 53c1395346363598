import { LOG_LEVELS } from "../core/log.js";
import { SECRET_LIMIT } from "../http/access.js";

/** What can be set when the firmware is built or the simulator started. */
export interface Settings {
	/** The device's name in the network, without `.local`. */
	readonly hostName: string;
	/** TCP port of the server. */
	readonly port: number;
	/** Access token of at most 128 characters; empty: everybody in the network is let in. */
	readonly token: string;
	/** Origins of web pages, beside the device's own, that may connect; such as `https://studio.example`. */
	readonly origins: readonly string[];
	/** Whether only .prism files are taken (`prism`), or any bytes (`auto`: .prism files are checked where they look like one). */
	readonly validation: "auto" | "prism";
	/** One of `LOG_LEVELS`. */
	readonly logLevel: string;
	/** The Wi-Fi network to join where the set-up has given none; empty: none. */
	readonly ssid: string;
	/** Its password; empty: an open network. */
	readonly password: string;
	/** The firmware's version. */
	readonly firmware: string;
	/** Bytes of the whole JavaScript heap, chunks and slots, as the build sizes it. */
	readonly heapBytes: number;
}

function text(value: unknown, fallback: string): string {
	return value === undefined || value === null ? fallback : String(value);
}

/** Numbers come as text from `mcconfig key=value`. */
function integer(key: string, value: unknown, fallback: number, most: number): number {
	if (value === undefined) return fallback;
	const number = Number(value);
	if (!Number.isInteger(number) || number < 0 || number > most) {
		throw new RangeError(`configuration: ${key} must be a whole number from 0 to ${most}, not "${value}"`);
	}
	return number;
}

function oneOf<T extends string>(key: string, value: unknown, choices: readonly T[], fallback: T): T {
	const chosen = choices.find((choice) => choice === text(value, fallback));
	if (chosen === undefined) {
		throw new RangeError(`configuration: ${key} must be ${choices.join(" or ")}, not "${value}"`);
	}
	return chosen;
}

/** Origins come as an array, or as text with commas or spaces in between. */
function list(value: unknown): string[] {
	const items = Array.isArray(value) ? value.map(String) : text(value, "").split(/[\s,]+/);
	return items.filter((item) => item !== "");
}

/**
 * Reads the configuration of the build (`mc/config`), with a default for every key that is not there.
 * @throws RangeError that names the key and what it may be
 */
export function readSettings(config: Readonly<Record<string, unknown>>): Settings {
	const token = text(config.token, "");
	if (token.length > SECRET_LIMIT) {
		throw new RangeError(`configuration: token must have at most ${SECRET_LIMIT} characters, not ${token.length}`);
	}
	const hostName = text(config.hostName, "prism-k1");
	// RFC 1123, 2.1: what a host name's label may be.
	if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(hostName)) {
		throw new RangeError(`configuration: hostName must be letters, digits and hyphens, not "${hostName}"`);
	}
	return {
		hostName,
		port: integer("port", config.port, 80, 65_535),
		token,
		origins: list(config.origins),
		validation: oneOf("validation", config.validation, ["auto", "prism"] as const, "auto"),
		logLevel: oneOf("logLevel", config.logLevel, LOG_LEVELS, "info"),
		ssid: text(config.ssid, ""),
		password: text(config.password, ""),
		firmware: text(config.firmware, "0.0.0"),
		heapBytes: integer("heapBytes", config.heapBytes, 0, 0xffffffff),
	};
}
