/** `embedded:io/socket/listener` as the SDK has it for lwIP: modules/io/socket/lwip/listener.js and tcp.c. */
import type { Accepting, Pcb } from "../chip/lwip.js";
import TCP from "./tcp.js";

export default class Listener implements Accepting {
	readonly #pending: Pcb[] = [];
	#triggered = false;
	readonly #port: number;

	constructor(private readonly options: { port?: number; onReadable?: (this: Listener, count: number) => void }) {
		chip.lwip.check();
		this.#port = options.port ?? 0;
		if (chip.lwip.tcp.has(this.#port)) throw new Error("socket bind");
		chip.lwip.tcp.set(this.#port, this);
	}

	/** A read with none pending would leave the socket that was made for it to nobody: this fake says so. */
	read(): TCP | undefined {
		const pcb = this.#pending.shift();
		if (!pcb) return chip.end("leaks: Listener.read with no connection pending");
		return new TCP().take(pcb);
	}

	close(): void {
		chip.lwip.tcp.delete(this.#port);
	}

	/** listenerAccept, in lwIP's task. */
	accept(pcb: Pcb): void {
		this.#pending.push(pcb);
		if (this.#triggered) return;
		this.#triggered = true;
		chip.post("lwip", () => {
			this.#triggered = false;
			if (this.#pending.length > 0) this.options.onReadable?.call(this, this.#pending.length);
		});
	}
}
