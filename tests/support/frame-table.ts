import { CLOSED, CLOSING, OPEN } from "../../modules/websocket/endpoint.js";
import { deepEqual, equal } from "./assert.js";
import { wire } from "./client-frames.js";
import { EchoEndpoint } from "./echo-endpoint.js";
import { hex } from "./hex.js";

/**
 * What a client sends, and what an echo server answers, byte by byte: name, sent, answered, close code, and the most bytes that a
 * message may have where that matters.
 *
 * Both are hexadecimal; in what is sent `m` is a masking key of zeros, and `aa*5` is five bytes of aa. The code is that
 * of the close frame which ends the connection: 0 where it stays open, 1005 where the frame has none.
 */
export type Row = readonly [name: string, sent: string, answered: string, code: number, limit?: number];

/** Room for the payloads of the table; a longer message is echoed in fragments. */
const BLOCK = 256;
const NO_LIMIT = Number.POSITIVE_INFINITY;

function repeated(text: string): string {
	return text.replace(/(\w\w)\*(\d+)/g, (_, byte: string, count: string) => byte.repeat(Number(count)));
}

/** One test a row: the bytes all at once, one by one, and three by three with little room for the answers. */
export function checkRows(rows: readonly Row[]): void {
	for (const row of rows) it(row[0], () => checkRow(row));
}

function checkRow([, sent, answered, code, limit = NO_LIMIT]: Row): void {
	const bytes = wire(repeated(sent));
	const expected = hex(repeated(answered));
	for (const [piece, room] of [
		[bytes.length, 1000],
		[1, 1],
		[3, 2],
	]) {
		const echo = new EchoEndpoint(BLOCK, limit, room);
		echo.receive(bytes, piece);
		deepEqual(Uint8Array.from(echo.output), expected, `in pieces of ${piece}`);
		// A message over the limit is the caller's to close: the peer's own close frame is still to come.
		const { state, closeCode } = echo.endpoint;
		equal(state, code === 0 ? OPEN : limit === NO_LIMIT ? CLOSED : CLOSING, "state");
		if (state === CLOSED) equal(closeCode, code, "close code");
	}
}
