import { copy } from "../bytes/bytes.js";

/** Where output goes: a TCP socket, of which only this is needed. */
export interface Sink {
	/**
	 * Takes all of the view, never more than the room that was announced.
	 * @returns the bytes that it can take next; undefined when the connection has ended
	 */
	write(view: Uint8Array): number | undefined;
}

/**
 * Bytes that are to be written, as the socket has room for them: at most one long range, written from where it lies,
 * and a small buffer for short ones, which go after it. Made once, used for one connection after another.
 */
export class Output {
	/** Whether anything is still to be written. */
	pending = false;
	/** Bytes written since it was made. */
	written = 0;
	private start = 0;
	private end = 0;
	private longStart = 0;
	private longEnd = 0;
	private long: Uint8Array;
	/** The view of what was last written of `long` whole, and where it starts and ends: answers of one kind are alike. */
	private view: Uint8Array;
	private viewStart = 0;
	private viewEnd = 0;
	/** The small buffer, for `place` and `added`. */
	readonly short: Uint8Array;

	/** @param short the small buffer; where none is needed, an empty one that many may share */
	constructor(short: Uint8Array) {
		this.short = this.long = this.view = short;
	}

	/** Forgets what was to be written. */
	reset(): void {
		this.pending = false;
		this.start = this.end = this.longStart = this.longEnd = this.viewEnd = 0;
		this.long = this.short;
	}

	/**
	 * Queues bytes[start..end) without a copy: they must stay as they are until nothing is pending.
	 * @returns false, and nothing is queued, while anything is pending
	 */
	queue(bytes: Uint8Array, start: number, end: number): boolean {
		if (this.pending) return false;
		if (bytes !== this.long) {
			this.long = bytes;
			this.viewEnd = 0;
		}
		this.longStart = start;
		this.longEnd = end;
		this.pending = end > start;
		return true;
	}

	/**
	 * Where `length` bytes can be put into `short`, to be queued by `added`, or -1 when they do not fit.
	 * @param reserve bytes at the buffer's end that must stay free
	 */
	place(length: number, reserve: number): number {
		return this.end + length + reserve <= this.short.length ? this.end : -1;
	}

	/** Queues what was put into the small buffer, up to `end`. */
	added(end: number): void {
		this.end = end;
		this.pending = true;
	}

	/**
	 * Copies bytes[start..end) into the small buffer.
	 * @returns false, and nothing is queued, when they do not fit
	 */
	append(bytes: Uint8Array, start: number, end: number): boolean {
		const place = this.place(end - start, 0);
		if (place < 0) return false;
		copy(this.short, place, bytes, start, end);
		if (end > start) this.added(place + end - start);
		return true;
	}

	/**
	 * Writes as much as there is room for.
	 * @param space bytes that the sink takes now
	 * @returns the bytes that it takes after that; undefined when the connection has ended
	 */
	write(sink: Sink, space: number): number | undefined {
		let room: number | undefined = space;
		// Nearly always there is one answer, and room for all of it.
		if (this.end === 0) {
			const start = this.longStart;
			const end = this.longEnd;
			if (start < end && end - start <= space) {
				if (end !== this.viewEnd || start !== this.viewStart) {
					this.view = this.long.subarray(start, end);
					this.viewStart = start;
					this.viewEnd = end;
				}
				room = sink.write(this.view);
				this.written += end - start;
				this.longStart = end;
				this.pending = false;
				return room;
			}
		}
		while (this.pending && room !== undefined && room > 0) {
			const long = this.longStart < this.longEnd;
			const start = long ? this.longStart : this.start;
			const all = long ? this.longEnd : this.end;
			const end = all - start > room ? start + room : all;
			room = sink.write((long ? this.long : this.short).subarray(start, end));
			this.written += end - start;
			if (long) this.longStart = end;
			else this.start = end;
			if (this.longStart === this.longEnd && this.start === this.end) this.reset();
		}
		return room;
	}
}
