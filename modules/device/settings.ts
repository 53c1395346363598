import { LOG_LEVELS } from "../core/log.js";
import { SECRET_LIMIT } from "../http/access.js";
import { problemOf } from "../network/credentials.js";
import { orderOf } from "../playback/strips.js";

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
	/** The pins (GPIO) of strip 1 and strip 2. */
	readonly ledPins: readonly [number, number];
	/** The order in which the LEDs take R, G and B. */
	readonly ledOrder: string;
	/** What one white LED draws, mA. */
	readonly ledMilliamps: number;
	/** What both strips may draw together, mA; 0: no limit. */
	readonly powerLimit: number;
}

/** Where the K1 has its strips. */
const PINS: readonly number[] = Object.freeze([9, 10]);
/** What WS2812 LEDs take. */
const ORDER = "GRB";

/** Takes what is wrong with a setting, as a sentence that names it and says what it may be. */
export type Complaint = (sentence: string) => void;

/** The complaint of whoever can still be asked for better settings. @throws RangeError with the sentence */
export const refuse: Complaint = (sentence) => {
	throw new RangeError(sentence);
};

function text(value: unknown, fallback: string): string {
	return value === undefined || value === null ? fallback : String(value);
}

/** Origins come as an array, or as text with commas or spaces in between. */
function list(value: unknown): string[] {
	const items = Array.isArray(value) ? value.map(String) : text(value, "").split(/[\s,]+/);
	return items.filter((item) => item !== "");
}

/** Whether browsers may send this (RFC 6454, 6.2): scheme, host, and a port that is not the scheme's own; nothing after that. */
function isOrigin(item: string): boolean {
	return /^https?:\/\/(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/i.test(item);
}

/** Whether the ESP32-S3 has the pin, and not its flash at it (22 to 25 are missing, 26 to 32 are SPI0's). */
function isPin(pin: number): boolean {
	return Number.isInteger(pin) && ((pin >= 0 && pin <= 21) || (pin >= 33 && pin <= 48));
}

/**
 * Reads the configuration of the build (`mc/config`), with a default for every key that is not there. A value that will not do
 * is complained of, and where the complaint lets it go on the default takes its place: a K1 that is built with a mistake comes
 * up all the same, and says so in its log.
 */
export function readSettings(config: Readonly<Record<string, unknown>>, complain: Complaint = refuse): Settings {
	const wrong = (key: string, what: string) => complain(`configuration: ${key} must ${what}`);

	/** Numbers come as text from `mcconfig key=value`. */
	const integer = (key: string, fallback: number, most: number, least = 0): number => {
		const value = config[key];
		if (value === undefined) return fallback;
		const number = Number(value);
		if (Number.isInteger(number) && number >= least && number <= most) return number;
		wrong(key, `be a whole number from ${least} to ${most}, not "${value}"`);
		return fallback;
	};

	const oneOf = <T extends string>(key: string, choices: readonly T[], fallback: T): T => {
		const chosen = choices.find((choice) => choice === text(config[key], fallback));
		if (chosen === undefined) wrong(key, `be ${choices.join(" or ")}, not "${config[key]}"`);
		return chosen ?? fallback;
	};

	let token = text(config.token, "");
	if (token.length > SECRET_LIMIT) {
		wrong("token", `have at most ${SECRET_LIMIT} characters, not ${token.length}`);
		// Cut rather than dropped: without one everybody would be let in.
		token = token.slice(0, SECRET_LIMIT);
	}
	let hostName = text(config.hostName, "prism-k1");
	// RFC 1123, 2.1: what a host name's label may be.
	if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(hostName)) {
		wrong("hostName", `be 1 to 63 letters, digits and hyphens, not "${hostName}"`);
		hostName = "prism-k1";
	}
	const origins = list(config.origins).filter((item) => {
		if (isOrigin(item)) return true;
		wrong("origins", `be like https://studio.example or https://studio.example:8443, not "${item}"`);
		return false;
	});
	let ledPins: readonly number[] = list(config.ledPins ?? PINS).map(Number);
	if (ledPins.length !== 2 || ledPins[0] === ledPins[1] || !ledPins.every(isPin)) {
		wrong("ledPins", `be two different pins, from 0 to 21 or 33 to 48, such as 9,10, not "${config.ledPins}"`);
		ledPins = PINS;
	}
	let ledOrder = text(config.ledOrder, ORDER).toUpperCase();
	try {
		orderOf(ledOrder);
	} catch {
		wrong("ledOrder", `be R, G and B in some order, such as GRB, not "${config.ledOrder}"`);
		ledOrder = ORDER;
	}
	let ssid = text(config.ssid, "");
	let password = text(config.password, "");
	const problem = ssid === "" ? undefined : problemOf(ssid, password);
	if (problem !== undefined) {
		complain(`configuration: ssid and password: ${problem}`);
		ssid = "";
		password = "";
	}
	return {
		hostName,
		port: integer("port", 80, 65_535),
		token,
		origins,
		validation: oneOf("validation", ["auto", "prism"] as const, "auto"),
		logLevel: oneOf("logLevel", LOG_LEVELS, "info"),
		ssid,
		password,
		firmware: text(config.firmware, "0.0.0"),
		ledPins: [ledPins[0], ledPins[1]],
		ledOrder,
		ledMilliamps: integer("ledMilliamps", 55, 500, 1),
		powerLimit: integer("powerLimit", 2000, 65_535),
	};
}
