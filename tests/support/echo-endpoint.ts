import { Endpoint } from "../../modules/websocket/endpoint.js";
import { DATA, MESSAGE, NONE, TOO_BIG } from "../../modules/websocket/events.js";
import { HEADER_LIMIT } from "../../modules/websocket/frame.js";
import { CONTINUATION } from "../../modules/websocket/opcodes.js";

/**
 * An echo server for one client, in memory: sends every message back, of any size and either type. What does not fit the
 * block goes back in fragments. Written output is kept in `output`.
 */
export class EchoEndpoint {
	readonly endpoint = new Endpoint();
	/** All bytes that were written. */
	output: number[] = [];
	/** All events, in order. */
	events: number[] = [];
	private readonly buffer: Uint8Array;
	private began = false;

	/**
	 * @param blockSize bytes of the block for payloads
	 * @param limit the most bytes of a message; a longer one is closed with 1009
	 * @param room bytes that the socket takes at a time
	 * @param patient whether it reads what is there as a connection does, past a header too
	 */
	constructor(
		blockSize = 256,
		limit = Number.POSITIVE_INFINITY,
		private readonly room = 1000,
		private readonly patient = false,
	) {
		// Room for the header of the frame that goes back, so that it is sent from where it came.
		this.buffer = new Uint8Array(HEADER_LIMIT + blockSize);
		this.endpoint.open(this.buffer.subarray(HEADER_LIMIT), limit);
	}

	/**
	 * Takes bytes as they come from the client.
	 * @param piece the most that are there at a time
	 * @returns how many were read: all, unless the connection has ended
	 */
	receive(bytes: Uint8Array, piece = bytes.length): number {
		const { endpoint } = this;
		let read = 0;
		while (read < bytes.length && endpoint.wanted > 0) {
			const arrived = Math.min(piece - (read % piece), bytes.length - read);
			const view = endpoint.next(arrived, this.patient) ?? endpoint.next(arrived);
			view.set(bytes.subarray(read, read + view.length));
			read += view.length;
			for (let event = endpoint.received(view.length); event !== NONE; event = endpoint.absorb()) this.act(event);
		}
		return read;
	}

	private act(event: number): void {
		const { endpoint } = this;
		this.events.push(event);
		if (event === MESSAGE) this.began = false;
		if (event === DATA && !endpoint.discarded) {
			const opcode = this.began ? CONTINUATION : endpoint.opcode;
			endpoint.send(opcode, endpoint.final, this.buffer, HEADER_LIMIT, HEADER_LIMIT + endpoint.end);
			this.began = !endpoint.final;
		}
		if (event === TOO_BIG) endpoint.close(1009);
		this.drain();
	}

	/** Writes what is pending. */
	drain(): void {
		const sink = {
			write: (view: Uint8Array): number => {
				for (const byte of view) this.output.push(byte);
				return 0;
			},
		};
		while (this.endpoint.output.pending) this.endpoint.output.write(sink, this.room);
	}
}
