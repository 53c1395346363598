import { RefusedError } from "../core/errors.js";
import { type ByteRange, etagOf } from "../http/conditional.js";
import type { Reader, Verdict } from "../storage/reader.js";
import type { Output } from "../websocket/output.js";

/** One stored pattern on its way to a client: checked as a whole first, then sent block by block as TCP has room. */
export class Download {
	/** The pattern's strong entity tag. */
	etag = "";
	/** Bytes of the whole pattern. */
	size = 0;
	#reader: Reader | undefined;
	#at = 0;
	#end = 0;

	/** Whether there is a pattern under way. */
	get active(): boolean {
		return this.#reader !== undefined;
	}

	open(reader: Reader): void {
		this.#reader = reader;
		this.size = reader.size;
		this.etag = etagOf(reader.crc, reader.size);
		this.select({ start: 0, end: reader.size });
	}

	/** Sends this part alone. */
	select({ start, end }: ByteRange): void {
		this.#at = start;
		this.#end = end;
	}

	/** One step of checking the pattern; returns whether it is whole, damaged, not known yet, or cannot be read. */
	verify(): Verdict | "unreadable" {
		try {
			return this.#reader?.verifyStep() ?? "damaged";
		} catch (error) {
			if (error instanceof RefusedError) return "unreadable";
			throw error;
		}
	}

	/**
	 * Queues the next bytes, no more than there is room for: they lie in the store's cache, which others use as well, so
	 * none of them may wait. Returns whether there were any left to send.
	 */
	send(output: Output, room: number): boolean {
		const reader = this.#reader;
		if (reader === undefined || this.#at >= this.#end) return false;
		if (room === 0) return true;
		reader.block(this.#at);
		const bytes = Math.min(room, reader.end - reader.start, this.#end - this.#at);
		output.queue(reader.view, reader.start, reader.start + bytes);
		this.#at += bytes;
		return true;
	}

	close(): void {
		this.#reader?.close();
		this.#reader = undefined;
		this.etag = "";
	}
}
