import { connect, type Socket } from "node:net";

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Makes so many of something. */
export const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

/** Somebody who does a K1 harm, with bare TCP. Everything that it starts goes on until `stop`. */
export class Attacker {
	readonly #sockets = new Set<Socket>();
	readonly #intervals: NodeJS.Timeout[] = [];
	#failure: unknown;

	/** @param address where it is: an address of this machine */
	constructor(
		readonly port: number,
		private readonly address = "127.0.0.1",
	) {}

	/** A connection that has sent this. It reads unless it is paused. */
	tcp(text = ""): Socket {
		const { port, address } = this;
		const socket = connect({ port, host: "127.0.0.1", localAddress: address, noDelay: true, allowHalfOpen: true });
		socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
		socket.resume();
		if (text !== "") socket.write(text, "latin1");
		this.#sockets.add(socket);
		return socket;
	}

	/** A connection that has asked for the WebSocket. */
	webSocket(...fields: string[]): Socket {
		return this.tcp(this.upgrade(...fields));
	}

	upgrade(...fields: string[]): string {
		return [
			"GET /ws HTTP/1.1",
			`Host: 127.0.0.1:${this.port}`,
			"Upgrade: websocket",
			"Connection: Upgrade",
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Version: 13",
			...fields,
			"\r\n",
		].join("\r\n");
	}

	/** All that is sent back to this, until the K1 ends the connection or is quiet for `quiet` ms. */
	async ask(text: string, quiet = 150): Promise<string> {
		const socket = this.tcp();
		let heard = "";
		let ended = false;
		socket.on("data", (data) => {
			heard += data.toString("latin1");
		});
		socket.on("end", () => {
			ended = true;
		});
		socket.on("close", () => {
			ended = true;
		});
		socket.write(text, "latin1");
		for (let before = -1; !ended && before !== heard.length; ) {
			before = heard.length;
			await pause(heard === "" ? 600 : quiet);
		}
		socket.destroy();
		return heard;
	}

	/** Does this again and again. */
	every(ms: number, act: () => void): void {
		this.#intervals.push(setInterval(act, ms));
	}

	/** So many connections that are made again as soon as they are ended. */
	stay(count: number, make: () => Socket): void {
		const sockets = times(count, make);
		this.every(10, () => {
			for (let i = 0; i < count; i++) if (sockets[i].destroyed || sockets[i].readableEnded) sockets[i] = make();
		});
	}

	/** Does this one after the other without end; what it throws is thrown by `stop`. */
	async forever(act: (round: number) => Promise<void>): Promise<void> {
		const marker = setInterval(() => {}, 1000);
		this.#intervals.push(marker);
		try {
			for (let round = 0; this.#intervals.includes(marker); round++) await act(round);
		} catch (error) {
			this.#failure ??= error;
		}
	}

	/** Ends everything. @throws what went wrong meanwhile */
	async stop(): Promise<void> {
		for (const interval of this.#intervals.splice(0)) clearInterval(interval);
		await pause(20);
		for (const socket of this.#sockets) socket.destroy();
		if (this.#failure !== undefined) throw this.#failure;
	}
}
