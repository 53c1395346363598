/**
 * The console of a debug build of the SDK. On the K1 and in the SDK's simulator `trace` goes to the debugger, as XML over TCP; this
 * listens where the debugger would, prints what is traced, and lets the program run on whenever it stops.
 */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

export interface ConsoleEvents {
	/** Takes a line that was traced, without its end. */
	onLine(line: string): void;
	/** The program stopped at an exception or a `debugger` statement: where and why, in one line. */
	onStop(text: string): void;
	/** The program is gone. */
	onEnd(): void;
}

/** Listens where the debugger would. */
export class Console {
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	private constructor(events: ConsoleEvents) {
		this.#server = createServer((socket) => {
			this.#sockets.add(socket);
			socket.on("close", () => this.#sockets.delete(socket));
			new Connection(socket, events);
		});
	}

	/** Opens a console on a free port of this computer. */
	static async open(events: ConsoleEvents): Promise<Console> {
		const console = new Console(events);
		await new Promise<void>((listening, failed) => {
			console.#server.once("error", failed);
			console.#server.listen(0, "127.0.0.1", listening);
		});
		return console;
	}

	/** Host and port, as mcconfig's `-x` takes them. */
	get address(): string {
		return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Tells the program to end, and listens no longer. */
	close(): void {
		for (const socket of this.#sockets) socket.end("\r\n<abort/>\r\n");
		this.#server.close();
	}
}

/** Elements that matter, whole; what stands between them is passed over. */
const ELEMENT = /<(login)\b[^>]*\/>|<(log|break)\b([^>]*)>([^<]*)<\/\2>/g;

class Connection {
	#input = "";
	#line = "";
	#ours = false;

	constructor(
		private readonly socket: Socket,
		private readonly events: ConsoleEvents,
	) {
		socket.setEncoding("utf8");
		socket.on("data", (text: string) => this.#take(text));
		socket.on("error", () => {});
		socket.on("close", () => {
			if (this.#ours) events.onEnd();
		});
	}

	#take(text: string): void {
		this.#input += text;
		let end = 0;
		for (const match of this.#input.matchAll(ELEMENT)) {
			end = match.index + match[0].length;
			if (match[1]) this.#login(match[0]);
			// A log entry with a place is XS's own word on an exception, caught or not.
			else if (match[2] === "log" && !match[3]) this.#log(decode(match[4] ?? ""));
			else if (match[2] === "log") continue;
			else this.#stop(match[3] ?? "", decode(match[4] ?? ""));
		}
		this.#input = this.#input.slice(end);
	}

	#login(element: string): void {
		// The simulator's window is a program of its own and says hello too.
		if (!/name="mcsim"/.test(element)) this.#ours = true;
		this.socket.write("\r\n<set-all-breakpoints></set-all-breakpoints>\r\n");
		this.#go();
	}

	#log(text: string): void {
		if (!this.#ours) return;
		const lines = (this.#line + text).split("\n");
		this.#line = lines.pop() ?? "";
		for (const line of lines) this.events.onLine(line.replace(/\r$/, ""));
	}

	#stop(attributes: string, text: string): void {
		const path = /path="([^"]*)"/.exec(attributes)?.[1] ?? "?";
		const line = /line="([^"]*)"/.exec(attributes)?.[1] ?? "?";
		this.events.onStop(`${path}:${line}: ${text.trim()}`);
		this.#go();
	}

	#go(): void {
		this.socket.write("\r\n<go/>\r\n");
	}
}

function decode(text: string): string {
	return text
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&quot;", '"')
		.replaceAll("&apos;", "'")
		.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
		.replaceAll("&amp;", "&");
}
