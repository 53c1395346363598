import { decodeLatin1, encodeUtf8, find } from "../bytes/bytes.js";
import { FADE } from "../playback/player.js";
import { isGamma } from "../tlv/control.js";
import { isName, MAX_NAME } from "../tlv/name.js";

/** What a PUT to /state asks for; undefined: leave it. */
export interface StateChange {
	readonly on: boolean | undefined;
	/** The pattern's name. */
	readonly pattern: Uint8Array | undefined;
	readonly brightness: number | undefined;
	/** Times 100. */
	readonly gamma: number | undefined;
	/** Time of this change's ramps and fade, ms. */
	readonly transition: number;
}

/** Thrown for what is no such change; the message is a sentence for whoever sent it. */
export class ChangeError extends Error {}

/** What the change looks like, for who got it wrong. */
const EXAMPLE = '{"on":true,"pattern":"aurora","brightness":128,"gamma":100,"transition":400}';
/** The longest time of ramps and fades, ms. */
const MOST_TIME = 65_535;

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** Reads a change from the JSON in bytes[start..end). @throws ChangeError */
export function readChange(bytes: Uint8Array, start: number, end: number): StateChange {
	const object = readFlat(bytes, start, end);
	for (const key of Object.keys(object)) {
		if (!["on", "pattern", "brightness", "gamma", "transition"].includes(key)) {
			throw new ChangeError(`Unknown key ${JSON.stringify(key)}; send any part of ${EXAMPLE}.`);
		}
	}
	const { on, pattern, gamma } = object;
	if (on !== undefined && typeof on !== "boolean") throw new ChangeError("on must be true or false.");
	if (gamma !== undefined && !(Number.isInteger(gamma) && isGamma(gamma as number))) {
		throw new ChangeError("gamma must be a whole number from 100 to 400, gamma times 100.");
	}
	return {
		on,
		pattern: pattern === undefined ? undefined : nameOf(pattern),
		brightness: whole(object, "brightness", 255),
		gamma: gamma as number | undefined,
		transition: whole(object, "transition", MOST_TIME) ?? FADE,
	};
}

/**
 * A JSON object without objects or arrays in it: nothing that a parser would have to go deep for, since its stack on the K1 is
 * small. Nor has any text in it a brace or a bracket, for no name has.
 */
function readFlat(bytes: Uint8Array, start: number, end: number): Record<string, unknown> {
	const brace = find(bytes, OPEN_BRACE, start, end);
	const flat = brace >= 0 && find(bytes, OPEN_BRACE, brace + 1, end) < 0 && find(bytes, OPEN_BRACKET, start, end) < 0;
	try {
		if (flat) return JSON.parse(decodeLatin1(bytes, start, end));
	} catch {
		// Told below.
	}
	throw new ChangeError(`The body is not a JSON object such as ${EXAMPLE}; send any part of that.`);
}

function whole(object: Record<string, unknown>, key: string, most: number): number | undefined {
	const value = object[key];
	if (value === undefined) return undefined;
	if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) return value as number;
	throw new ChangeError(`${key} must be a whole number from 0 to ${most}.`);
}

function nameOf(value: unknown): Uint8Array {
	if (typeof value === "string" && value.length <= MAX_NAME) {
		const bytes = new Uint8Array(3 * MAX_NAME);
		const end = encodeUtf8(value, bytes, 0);
		if (isName(bytes, 0, end)) return bytes.subarray(0, end);
	}
	throw new ChangeError("pattern must be a pattern's name, 1 to 32 of A-Z a-z 0-9 . _ - and space.");
}
