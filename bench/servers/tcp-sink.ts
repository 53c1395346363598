// biome-ignore-all lint/complexity/useMathMinMax: on XS a call costs ten times what a comparison does.
/*
 * The least that an engine can do with a client's bytes: they are read, as the firmware reads them, and counted. What a client sends starts with
 * their number, four bytes, big-endian; a byte is the answer once all are there. Then the next number may come.
 */
import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";

/** Bytes of a read at the most: the firmware's receive buffer. */
const BLOCK = 4096;
const HEAD = 4;

const block = new Uint8Array(BLOCK);
const answer = new Uint8Array(1);

/** One client's bytes. */
class Sink {
	/** Bytes of the head that are there, the number in it, and how many of those are still to come. */
	#head = 0;
	#size = 0;
	readonly #socket: TCP;

	constructor(from: TCP) {
		this.#socket = new TCP({
			from,
			format: "buffer",
			onReadable: (bytes) => this.#read(bytes),
			onWritable: () => {},
			onError: () => this.#socket.close(),
		});
	}

	#read(available: number): void {
		for (let left = available; left > 0; ) {
			const wanted = this.#head < HEAD ? 1 : this.#size < BLOCK ? this.#size : BLOCK;
			const bytes = this.#socket.read(block.subarray(0, left < wanted ? left : wanted));
			if (bytes === undefined) return;
			left -= bytes;
			if (this.#head < HEAD) {
				this.#head++;
				this.#size = this.#size * 256 + block[0];
				continue;
			}
			this.#size -= bytes;
			if (this.#size > 0) continue;
			this.#head = 0;
			this.#socket.write(answer);
		}
	}
}

const listener = new Listener({
	port: Number(config.port),
	onReadable(count) {
		for (let i = 0; i < count; i++) {
			const waiting = listener.read();
			if (waiting !== undefined) new Sink(waiting);
		}
	},
});
