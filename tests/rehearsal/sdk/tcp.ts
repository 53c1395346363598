/** `embedded:io/socket/tcp` as the SDK has it for lwIP: modules/io/socket/lwip/tcp.c. */
import type { Pcb, Receiving } from "../chip/lwip.js";

interface Options {
	from?: TCP;
	onReadable?: (this: TCP, bytes: number) => void;
	onWritable?: (this: TCP, bytes: number) => void;
	onError?: (this: TCP) => void;
}

/** kTCPWritable and so on. */
const WRITABLE = 1;
const READABLE = 2;
const ERROR = 4;
const OUTPUT = 8;

export default class TCP implements Receiving {
	#pcb: Pcb | undefined;
	#options: Options = {};
	#closed = false;
	#error = false;
	#ready = false;
	/** What the next message is to tell; 0: none is in the queue (tcpTrigger). */
	#triggered = 0;

	constructor(options?: Options) {
		if (options === undefined) return;
		chip.lwip.check();
		const { from } = options;
		const pcb = from === undefined ? undefined : from.#pcb;
		if (!from || !pcb) throw new Error("invalid from");
		this.#pcb = pcb;
		this.#ready = from.#ready;
		this.#options = options;
		from.#pcb = undefined;
		from.close();
		chip.lwip.open++;
		pcb.owner = this;
		if (options.onWritable && pcb.room > 0) this.#trigger(WRITABLE, "script");
		if (options.onReadable && pcb.unread.length > 0) this.#trigger(READABLE, "script");
	}

	/** xs_listener_read: a socket that may only be `from`. */
	take(pcb: Pcb): this {
		this.#pcb = pcb;
		this.#ready = true;
		return this;
	}

	get remoteAddress(): string {
		if (this.#closed) throw new Error("closed");
		// xs_tcp_get_remoteAddress reads through the pointer, whether there is one or not.
		return this.#pcb?.peer.address ?? chip.end("restarts: LoadProhibited in xs_tcp_get_remoteAddress");
	}

	read(view: Uint8Array): number | undefined {
		if (this.#closed) throw new Error("closed");
		const unread = this.#pcb?.unread ?? [];
		if (unread.length === 0) return undefined;
		const available = unread.reduce((sum, { length }) => sum + length, 0);
		if (view.length === 0 || view.length > available) throw new Error("invalid");
		chip.callLwip();
		for (let filled = 0; filled < view.length; ) {
			const part = unread[0].subarray(0, view.length - filled);
			view.set(part, filled);
			filled += part.length;
			if (part.length === unread[0].length) unread.shift();
			else unread[0] = unread[0].subarray(part.length);
		}
		if (unread.length === 0 && this.#error) this.#trigger(ERROR, "script");
		return view.length;
	}

	write(view: Uint8Array): number | undefined {
		if (this.#closed) throw new Error("closed");
		if (!this.#ready) throw new Error("not ready");
		const pcb = this.#pcb;
		if (this.#error || !pcb) return undefined;
		if (view.length > pcb.room) throw new Error("would block");
		chip.callLwip();
		pcb.waiting.push(view.slice());
		pcb.room -= view.length;
		this.#trigger(OUTPUT, "script");
		return pcb.room;
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		// tcp_close_safe, once the message that is in the queue was delivered; here at once, which is no easier for the script.
		chip.callLwip();
		const pcb = this.#pcb;
		if (!pcb) return;
		chip.lwip.open--;
		this.#flush();
		if (!pcb.freed) pcb.peer.closedByK1();
		pcb.owner = undefined;
	}

	received(): void {
		this.#trigger(READABLE, "lwip");
	}

	finished(): void {
		this.#trigger(ERROR, "lwip");
	}

	failed(): void {
		// tcpError: the pcb is freed already.
		this.#pcb = undefined;
		chip.lwip.open--;
		this.#trigger(ERROR, "lwip");
	}

	sent(): void {
		this.#trigger(WRITABLE, "lwip");
	}

	#trigger(what: number, task: "script" | "lwip"): void {
		const empty = this.#triggered === 0;
		this.#triggered |= what;
		if (empty) chip.post(task, () => this.#deliver());
	}

	#flush(): void {
		const pcb = this.#pcb;
		if (!pcb || pcb.freed) return;
		for (const bytes of pcb.waiting.splice(0)) pcb.peer.heard(bytes);
	}

	/** tcpDeliver. */
	#deliver(): void {
		const triggered = this.#triggered;
		this.#triggered = 0;
		if (this.#closed) return;
		const { onReadable, onWritable, onError } = this.#options;
		if (triggered & ERROR) {
			this.#error = true;
			this.#ready = false;
		} else if (triggered & OUTPUT) {
			chip.callLwip();
			this.#flush();
		}
		const available = (this.#pcb?.unread ?? []).reduce((sum, { length }) => sum + length, 0);
		if (triggered & READABLE && available > 0) onReadable?.call(this, available);
		if (this.#closed) return;
		// An error waits until the bytes before it were read.
		if (this.#error && (this.#pcb?.unread.length ?? 0) > 0) return;
		if (this.#error) onError?.call(this);
		else if (triggered & WRITABLE && this.#pcb) onWritable?.call(this, this.#pcb.room);
	}
}
