import { ERROR, PUT_BEGIN, PUT_CHUNK, PUT_END, STATUS } from "../modules/tlv/frame.js";
import { frame, type K1Client } from "../tests/integration/support/k1-client.js";

/** An upload may take so long, ms: at a chip's largest figures it is minutes. */
const PATIENCE = 600_000;

/** The K1 did not take an upload. */
export class UploadError extends Error {}

/**
 * Sends a pattern, and waits for both answers however long they take.
 * @throws UploadError where it is refused
 */
export async function upload(client: K1Client, name: string, pattern: Uint8Array, chunk = 4093): Promise<void> {
	client.send(frame(PUT_BEGIN, name));
	for (let at = 0; at < pattern.length; at += chunk) {
		client.send(frame(PUT_CHUNK, pattern.subarray(at, at + chunk)));
	}
	client.send(frame(PUT_END));
	for (let i = 0; i < 2; i++) {
		const { type, value } = await client.next(PATIENCE);
		if (type === STATUS && value.length === 1) continue;
		// An ERROR's reason is behind its code and a time.
		throw new UploadError(type === ERROR ? value.toString("latin1", 5) : `answered by a message of type ${type}`);
	}
}

/** Asks again and again, with a pause between, until told to stop; returns how long each answer took, ms. */
export async function keepAsking(ask: () => Promise<unknown>, stopped: () => boolean, pause = 5): Promise<number[]> {
	const times: number[] = [];
	while (!stopped()) {
		const start = performance.now();
		await ask();
		times.push(performance.now() - start);
		await new Promise((resolve) => setTimeout(resolve, pause));
	}
	return times;
}
