import { createServer, type Server, type Socket } from "node:net";
import TCP from "./tcp.js";

/**
 * `embedded:io/socket/listener` on Node. The device listens on all its addresses; here K1_HOST says on which. It prints
 * the simulator's ready line, since only it knows when, and on which port, it listens; and behind K1_PAGE, where that is set, the port of the page.
 */
export default class Listener {
	readonly #server: Server;
	readonly #waiting: Socket[] = [];

	constructor(options: { port?: number; onReadable?: (this: Listener, count: number) => void }) {
		const host = process.env.K1_HOST ?? "127.0.0.1";
		const { port = 0 } = options;
		this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => {
			socket.on("error", () => {});
			this.#waiting.push(socket);
			options.onReadable?.call(this, this.#waiting.length);
		});
		this.#server.on("error", (error: NodeJS.ErrnoException) => {
			const why = error.code === "EADDRINUSE" ? "the port is in use; take another with --port" : error.message;
			process.stderr.write(`cannot listen on ${host}:${port}: ${why}\n`);
			process.exit(2);
		});
		this.#server.listen(port, host, () => {
			const address = this.#server.address();
			const taken = typeof address === "object" && address !== null ? address.port : port;
			const authority = `${host.includes(":") ? `[${host}]` : host}:${taken}`;
			process.stdout.write(`K1 ready ws://${authority}/ws http://${authority}/\n`);
			const { K1_PAGE } = process.env;
			if (K1_PAGE !== undefined) process.stdout.write(`${K1_PAGE}${taken}/\n`);
		});
	}

	read(): TCP | undefined {
		const socket = this.#waiting.shift();
		return socket && new TCP(socket);
	}

	close(): void {
		this.#server.close();
	}
}
