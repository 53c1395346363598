/**
 * What the library throws. Everything that it throws by itself is a `K1Error`; a call that is aborted by its signal throws the
 * signal's own reason, as `fetch` does.
 */

import {
	BUFFER_OVERFLOW,
	INVALID_TLV,
	MAX_CLIENTS_REACHED,
	PATTERN_NOT_FOUND,
	STORAGE_FULL,
} from "../../modules/core/errors.js";

/** The device's refusals by name (docs/protocol.md, "ERROR"). */
const CODE_NAMES: Readonly<Record<number, string>> = Object.freeze({
	[MAX_CLIENTS_REACHED]: "MAX_CLIENTS_REACHED",
	[BUFFER_OVERFLOW]: "BUFFER_OVERFLOW",
	[INVALID_TLV]: "INVALID_TLV",
	[STORAGE_FULL]: "STORAGE_FULL",
	[PATTERN_NOT_FOUND]: "PATTERN_NOT_FOUND",
});

/** The class that all errors of the library have. */
export class K1Error extends Error {
	override name = "K1Error";
}

/**
 * Why there is no connection, or no more:
 * - `refused`: nobody answers at the address, or something else than a K1 does
 * - `denied`: the device does not let us in; `status` says why: 401 or 429 for the token, 403 or 421 for the name or the page
 * - `busy`: two other clients are connected; `retryAfter` says when to come back
 * - `timeout`: no answer in time
 * - `lost`: it broke while it was in use. What was asked last may or may not have been done
 * - `closed`: `close` was called
 */
export type ConnectionReason = "refused" | "denied" | "busy" | "timeout" | "lost" | "closed";

/** There is no connection, or no more. */
export class ConnectionError extends K1Error {
	override name = "ConnectionError";
	/** When it makes sense to try again, ms; 0 where nobody said. */
	readonly retryAfter: number;
	/** The HTTP status with which a connection was denied; 0 where there was none. */
	readonly status: number;

	constructor(
		readonly reason: ConnectionReason,
		message: string,
		{ retryAfter = 0, status = 0 }: { retryAfter?: number; status?: number } = {},
	) {
		super(message);
		this.retryAfter = retryAfter;
		this.status = status;
	}
}

/** The device refused what it was asked for. */
export class DeviceError extends K1Error {
	override name = "DeviceError";
	/** The code by its name in the protocol, such as `STORAGE_FULL`. */
	readonly codeName: string;

	/**
	 * @param code wire code of the ERROR; for a download the one that fits, or 0
	 * @param reason the device's own sentence
	 * @param retryAfter when it makes sense to try again, ms; 0 where nobody said
	 */
	constructor(
		readonly code: number,
		readonly reason: string,
		readonly retryAfter = 0,
	) {
		super(`the device refused: ${reason}`);
		this.codeName = CODE_NAMES[code] ?? "";
	}
}

/** A call had arguments that cannot work; nothing was sent. */
export class ArgumentError extends K1Error {
	override name = "ArgumentError";
}
