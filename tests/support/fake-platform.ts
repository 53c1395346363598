import type { TimerHandle } from "../../modules/core/timer.js";
import type { Platform, SocketOptions } from "../../modules/server/platform.js";

/** A timer that the spec fires by letting time pass. */
class FakeTimer {
	due = 0;
	constructor(
		readonly callback: () => void,
		public interval: number | undefined,
	) {}
}

/** Bytes in the order in which they came. */
class Bytes {
	length = 0;
	#chunks: Uint8Array[] = [];

	add(chunk: Uint8Array): void {
		this.#chunks.push(chunk);
		this.length += chunk.length;
	}

	/** Takes the first ones out, as many as the view holds. */
	take(view: Uint8Array): void {
		for (let filled = 0; filled < view.length; ) {
			const part = this.#chunks[0].subarray(0, view.length - filled);
			view.set(part, filled);
			filled += part.length;
			if (part.length === this.#chunks[0].length) this.#chunks.shift();
			else this.#chunks[0] = this.#chunks[0].subarray(part.length);
		}
		this.length -= view.length;
	}
}

/**
 * The peer's end of a connection, and the K1's socket at once: what the spec sends arrives when it says so, what the K1
 * writes is collected, and the room for it is the spec's to give.
 */
export class Peer {
	/** The K1 has closed its socket. */
	closed = false;
	/** The connection has broken, and the K1 has not been told yet: a write says nothing, or throws. */
	broken: "" | "silent" | "throws" = "";
	/** Bytes that the K1 may still write; less than it wants to shows backpressure. */
	room = 0;
	// Made when they are needed: a crowd that says nothing has to fit the device's heap.
	#unread: Bytes | undefined;
	#sent: Bytes | undefined;
	readonly remoteAddress: string;
	#options: SocketOptions | undefined;

	constructor(address: string) {
		this.remoteAddress = address;
	}

	/** Called by the K1's side: the connection is accepted. */
	attach(options: SocketOptions): void {
		this.#options = options;
	}

	/** Bytes that the K1 has not read yet. */
	get unread(): number {
		return this.#unread?.length ?? 0;
	}

	/** Bytes arrive at the K1 all at once. */
	send(bytes: Uint8Array | readonly number[]): void {
		if (this.closed) return;
		this.#unread ??= new Bytes();
		this.#unread.add(new Uint8Array(bytes));
		this.#options?.onReadable(this.#unread.length);
	}

	/** The K1 may write so many bytes more. */
	give(room: number): void {
		if (this.closed) return;
		this.room += room;
		this.#options?.onWritable(this.room);
	}

	/** The peer ends the connection. */
	end(): void {
		if (!this.closed) this.#options?.onError();
	}

	/** What the K1 has sent since the last call. */
	take(): Uint8Array {
		const bytes = new Uint8Array(this.#sent?.length ?? 0);
		if (bytes.length > 0) this.#sent?.take(bytes);
		return bytes;
	}

	read(view: Uint8Array): number | undefined {
		if (this.closed) throw new Error("read after close");
		if (this.#unread === undefined || this.#unread.length === 0) return undefined;
		if (view.length === 0 || view.length > this.#unread.length) throw new Error("invalid");
		this.#unread.take(view);
		return view.length;
	}

	write(view: Uint8Array): number | undefined {
		if (this.closed) throw new Error("write after close");
		if (this.broken === "throws") throw new Error("not ready");
		if (this.broken === "silent") return undefined;
		if (view.length > this.room) throw new Error("would block");
		this.#sent ??= new Bytes();
		this.#sent.add(view.slice());
		this.room -= view.length;
		return this.room;
	}

	close(): void {
		this.closed = true;
	}
}

/** A platform without a network: peers connect when the spec says so, and time passes when it says so. */
export class FakePlatform implements Platform {
	/** The platform's milliseconds. */
	ticks = 5000;
	listening = false;
	readonly #waiting: Peer[] = [];
	readonly #timers: FakeTimer[] = [];
	#onReadable: (count: number) => void = () => {};

	/** No socket can be made: the platform is out of memory. */
	exhausted = false;
	/** There is no network: nobody may listen. */
	offline = false;
	/** Sockets made so far. */
	sockets = 0;

	readonly socket = (options: SocketOptions): Peer => {
		if (this.exhausted) throw new RangeError("no memory");
		this.sockets++;
		const peer = options.from as unknown as Peer;
		peer.attach(options);
		return peer;
	};

	readonly listen = (_port: number, onReadable: (count: number) => void) => {
		if (this.offline) throw new Error("no network");
		if (this.listening) throw new Error("address in use");
		this.listening = true;
		this.#onReadable = onReadable;
		return {
			read: () => {
				const peer = this.#waiting.shift();
				if (peer === undefined) throw new Error("a read with none waiting leaks");
				return peer;
			},
			close: () => {
				this.listening = false;
			},
		};
	};

	readonly timer = {
		repeat: (callback: () => void, interval: number): TimerHandle => {
			const timer = new FakeTimer(callback, interval);
			timer.due = this.ticks + interval;
			this.#timers.push(timer);
			return timer;
		},
		schedule: (handle: TimerHandle, interval?: number, repeat?: number): void => {
			const timer = handle as FakeTimer;
			timer.interval = repeat;
			timer.due = interval === undefined ? Number.POSITIVE_INFINITY : this.ticks + interval;
		},
	};

	/** A peer connects; its room to write comes at once unless `room` is 0. */
	connect(address = "10.0.0.1", room = 5744): Peer {
		const [peer] = this.connectAll([address], room);
		return peer;
	}

	/** Peers connect at the same moment: the K1 is told of all of them at once. */
	connectAll(addresses: readonly string[], room = 5744): Peer[] {
		const peers = addresses.map((address) => new Peer(address));
		this.#waiting.push(...peers);
		this.#onReadable(this.#waiting.length);
		if (room > 0) for (const peer of peers) peer.give(room);
		return peers;
	}

	/** Lets the first timer that is due fire; returns whether there was one. */
	turn(): boolean {
		const timer = this.#timers.find((candidate) => candidate.due <= this.ticks);
		if (timer === undefined) return false;
		timer.due = timer.interval === undefined ? Number.POSITIVE_INFINITY : this.ticks + timer.interval;
		timer.callback();
		return true;
	}

	/** Lets the timers that are due fire, again and again until none is. */
	settle(): void {
		for (let turns = 0; turns < 10_000; turns++) if (!this.turn()) return;
		throw new Error("the timers do not come to rest");
	}

	/** Lets time pass, in steps of 50 ms. */
	pass(milliseconds: number): void {
		const end = this.ticks + milliseconds;
		this.settle();
		while (this.ticks < end) {
			this.ticks = Math.min(this.ticks + 50, end);
			this.settle();
		}
	}
}
