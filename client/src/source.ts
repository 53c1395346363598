import { ArgumentError } from "./errors.js";
import type { Source } from "./types.js";

/** Bytes that go into one piece at the most, so that each is one message. */
export interface Pieces {
	/** Bytes in all; undefined where nobody knows. */
	readonly size: number | undefined;
	/** The whole of it, where it is there already. */
	readonly whole: Uint8Array | undefined;
	/** The bytes in order, in pieces of any size. */
	readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Makes one thing of all that a pattern's bytes can come from.
 * @throws ArgumentError for anything else
 */
export async function piecesOf(source: Source, size: number | undefined): Promise<Pieces> {
	if (source instanceof Uint8Array) return whole(source);
	if (source instanceof ArrayBuffer) return whole(new Uint8Array(source));
	if (source instanceof Blob) return whole(new Uint8Array(await source.arrayBuffer()));
	if (source instanceof ReadableStream) return { size, whole: undefined, pieces: piecesOfStream(source) };
	if (typeof source === "object" && source !== null && Symbol.asyncIterator in source) {
		return { size, whole: undefined, pieces: source };
	}
	throw new ArgumentError("a pattern is given as Uint8Array, ArrayBuffer, Blob or a stream of Uint8Array");
}

function whole(bytes: Uint8Array): Pieces {
	return { size: bytes.length, whole: bytes, pieces: once(bytes) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

/** Not all browsers' streams can be iterated; and this one can be cancelled while it is waited for. */
function piecesOfStream(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
	const reader = stream.getReader();
	return {
		[Symbol.asyncIterator]: () => ({
			async next() {
				const { done, value } = await reader.read();
				return done ? { done, value: undefined } : { done, value };
			},
			async return() {
				await reader.cancel();
				return { done: true, value: undefined };
			},
		}),
	};
}
