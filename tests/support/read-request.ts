import type { Request } from "../../modules/http/request.js";
import { COMPLETE, PAUSED, REFUSED, RequestReader } from "../../modules/http/request-reader.js";
import { ok } from "./assert.js";
import { latin1 } from "./latin1.js";

/** Gives the bytes to the reader, `piece` at a time, as long as it wants any. Returns its last result. */
export function feed(reader: RequestReader, bytes: Uint8Array, piece = bytes.length): number {
	let result = 0;
	for (let i = 0; i < bytes.length && reader.wanted > 0; ) {
		const view = reader.next(Math.min(piece, bytes.length - i));
		view.set(bytes.subarray(i, i + view.length));
		i += view.length;
		result = reader.received(view.length);
		while (result === PAUSED) result = reader.resume();
	}
	return result;
}

/** What a reader makes of a request: 0 when it is not complete, 1 when it is, otherwise the status that refuses it. */
export function outcome(text: string, piece = text.length, bodies = false): number {
	const reader = new RequestReader(bodies);
	reader.open(new Uint8Array(512));
	const result = feed(reader, latin1(text), piece);
	return result === REFUSED ? reader.status : result;
}

/** The request of a text that is one. */
export function requestOf(text: string): Request {
	const reader = new RequestReader();
	reader.open(new Uint8Array(1024));
	ok(feed(reader, latin1(text)) === COMPLETE, `refused with ${reader.status}`);
	return reader.request;
}

/** A GET of a target with these lines of fields. */
export function get(target: string, ...fields: string[]): Request {
	return requestOf([`GET ${target} HTTP/1.1`, "Host: k1", ...fields, "", ""].join("\r\n"));
}
