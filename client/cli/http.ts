import type { Address } from "../src/address.js";
import { ConnectionError, DeviceError } from "../src/errors.js";

/** The state as `GET /state` tells it (docs/protocol.md, "The state"). */
export interface HttpState {
	readonly state: string;
	readonly pattern: string;
	readonly brightness: number;
	readonly gamma: number;
	readonly fps: number;
	readonly frame: number;
	readonly frames: number;
	readonly shown: number;
	readonly skipped: number;
	readonly milliamps: number;
	readonly limit: number;
	readonly problem?: string;
}

/** What `PUT /state` takes. */
export interface StateChange {
	readonly on?: boolean;
	readonly pattern?: string;
	readonly brightness?: number;
	readonly gamma?: number;
	readonly transition?: number;
}

/**
 * Asks for the state, or changes it: by HTTP, which needs no place of the two that clients have.
 * @param timeout ms
 */
export async function stateOf(address: Address, timeout: number, change?: StateChange): Promise<HttpState> {
	const { base, token } = address;
	const { host } = new URL(base);
	const headers: Record<string, string> = token === "" ? {} : { Authorization: `Bearer ${token}` };
	let response: Response;
	let body: string;
	try {
		response = await fetch(`${base}state`, {
			headers,
			signal: AbortSignal.timeout(timeout),
			...(change && { method: "PUT", body: JSON.stringify(change) }),
		});
		body = await response.text();
	} catch (error) {
		const { name, cause } = error as { name: string; cause?: { code?: string } };
		if (name === "TimeoutError")
			throw new ConnectionError("timeout", `${host} did not answer within ${timeout / 1000} s`);
		throw new ConnectionError("refused", `nothing answers at ${host} (${cause?.code ?? error})`);
	}
	if (response.ok) return JSON.parse(body);
	const { status } = response;
	const sentence = body.trim() || `HTTP status ${status}`;
	if ([401, 403, 421, 429].includes(status)) throw new ConnectionError("denied", `${host}: ${sentence}`, { status });
	throw new DeviceError(0, sentence);
}
