/** Runs the .prism rules over a whole file, as an upload does. */

import { crc32 } from "../../modules/bytes/bytes.js";
import { type Refusal, RefusedError } from "../../modules/core/errors.js";
import { PrismCheck } from "../../modules/pattern/check.js";
import { equal } from "./assert.js";

/** Feeds the file in chunks of this size and checks it. @throws RefusedError */
export function check(bytes: Uint8Array, chunk: number, required = false): void {
	const prism = new PrismCheck();
	prism.reset();
	let crc = 0;
	for (let at = 0; at < bytes.length; at += chunk) {
		const end = Math.min(at + chunk, bytes.length);
		if (!prism.done) prism.feed(crc, bytes, at, end, at);
		crc = crc32(crc, bytes, at, end);
	}
	prism.check(required, bytes.length, crc);
}

/** The reason for which the file is refused; nothing where it is taken. */
export function reasonFor(bytes: Uint8Array, chunk: number, required = false): string | undefined {
	try {
		check(bytes, chunk, required);
	} catch (error) {
		if (error instanceof RefusedError) return error.refusal.reason;
		throw error;
	}
	return undefined;
}

/** Fails unless the file is refused for this reason, however it is cut into chunks. */
export function refuses(bytes: Uint8Array, refusal: Refusal, required = false): void {
	for (const chunk of [1, 7, 64, 4093])
		equal(reasonFor(bytes, chunk, required), refusal.reason, `in pieces of ${chunk}`);
}
