import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { ERROR, STATUS } from "../../../modules/tlv/frame.js";
import { frame, type Answer as Message } from "../../integration/support/k1-client.js";

/** One client's connection, as a fake device has it. */
export class Peer {
	/** Everything that the client has sent. */
	readonly got: Message[] = [];

	constructor(readonly socket: WebSocket) {}

	send(type: number, value: Uint8Array | string = ""): void {
		this.socket.send(frame(type, value));
	}

	/** Sends several messages in one packet. */
	together(send: () => void): void {
		const { _socket: tcp } = this.socket as unknown as { _socket: { cork(): void; uncork(): void } };
		tcp.cork();
		send();
		tcp.uncork();
	}

	ok(): void {
		this.send(STATUS, "\0");
	}

	/** @param uploaded bytes of the upload that are on flash */
	metrics(uploaded = 0, state = 0): void {
		const record = Buffer.alloc(72);
		record.set([1, 1, state, 1]);
		record.writeUInt32BE(uploaded, 64);
		this.send(STATUS, record);
	}

	refuse(code: number, reason: string, retryAfter = 0): void {
		const value = Buffer.alloc(5 + reason.length);
		value[0] = code;
		value.writeUInt32BE(retryAfter, 1);
		value.write(reason, 5, "latin1");
		this.send(ERROR, value);
	}

	/** Types of what came, the question with which a client begins left out. */
	get types(): number[] {
		return this.got.slice(1).map(({ type }) => type);
	}
}

/** Says what to answer; `index` counts a client's messages, the question with which it begins left out. */
export type Script = (message: Message, peer: Peer, index: number) => void;

/** A device that answers just what a spec wants it to. */
export class FakeDevice {
	readonly peers: Peer[] = [];
	/** What comes of a client's messages, other than its first. */
	script: Script = () => {};
	/** What comes of a new client; by default it gets the answer that it waits for. */
	greet: Script = (_, peer) => peer.metrics();
	readonly #server: WebSocketServer;

	private constructor(server: WebSocketServer) {
		this.#server = server;
		server.on("connection", (socket) => {
			const peer = new Peer(socket);
			this.peers.push(peer);
			socket.on("message", (data: Buffer) => {
				const message = { type: data[0], value: data.subarray(3) };
				peer.got.push(message);
				if (peer.got.length === 1) this.greet(message, peer, -1);
				else this.script(message, peer, peer.got.length - 2);
			});
		});
	}

	/** @param port 0: a free one */
	static start(port = 0): Promise<FakeDevice> {
		const server = new WebSocketServer({ port, host: "127.0.0.1" });
		return new Promise((resolve) => server.on("listening", () => resolve(new FakeDevice(server))));
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	get url(): string {
		return `ws://127.0.0.1:${this.port}/ws`;
	}

	get peer(): Peer {
		return this.peers[this.peers.length - 1];
	}

	/** Cuts everybody off, and listens no more. */
	stop(): Promise<void> {
		for (const { socket } of this.peers) socket.terminate();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}
}
