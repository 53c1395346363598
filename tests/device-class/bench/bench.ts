import { Clock, Flash, Page, Peer, Socket, spent } from "xs/fixture";
import Heap from "xs/heap";
import instructions from "xs/instructions";
import { NEVER } from "../../../modules/core/timer.js";
import { Device } from "../../../modules/device/device.js";
import { readSettings } from "../../../modules/device/settings.js";
import { writeSignal } from "../../../modules/playback/render.js";
import { signalLength } from "../../../modules/playback/signal.js";
import { STRIP_BYTES, STRIP_LEDS } from "../../../modules/playback/strips.js";
import type { SocketOptions } from "../../../modules/server/platform.js";

/** A handshake. */
export const UPGRADE =
	"GET /ws HTTP/1.1\r\nHost: 192.168.1.30\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/** A binary message in one frame. */
const BINARY = 0x82;
const CLOSE = 0x88;

/** STATUS ok, in the frame that carries it. */
export const STATUS_OK = "820430000100";

/** Bytes that TCP has in a segment on Wi-Fi. */
export const SEGMENT = 1436;

const slotBytes = 16;

/** The server's tick, ms. */
const TICK = 250;
/** The fixture's number of the server's turns. */
const TURNS = 1;

interface Timer {
	readonly number: number;
	readonly callback: () => void;
	readonly interval: number;
}

/** A whole K1, made as main.ts makes it, on the fixture's network and flash. */
export class Bench {
	readonly device: Device;
	/** Called after each segment that arrived. */
	onArrival: (() => void) | undefined;
	/** Instructions of the longest turn since this was set to 0, the fixture's own taken off; while undefined, nobody counts. */
	longest: number | undefined;
	/** Pictures that the LEDs have got. */
	pictures = 0;
	/** Called with each of them: strip 1, then strip 2, in the LEDs' own order. */
	onPicture: ((pixels: Uint8Array) => void) | undefined;
	#turns = () => {};
	readonly #timers: Timer[] = [];
	#onReadable: ((count: number) => void) | undefined;
	#waiting = -1;
	readonly #peers: SocketOptions[] = [];
	readonly #signal = new Uint8Array(signalLength(STRIP_LEDS));

	/** @param config settings that are not as they are by default */
	constructor(config: Readonly<Record<string, unknown>> = {}) {
		this.device = new Device({
			settings: readSettings({ logLevel: "error", ...config }),
			platform: {
				socket: (options) => this.#accept(options),
				listen: (_port, onReadable) => {
					this.#onReadable = onReadable;
					return { read: () => ({ close() {} }), close() {} };
				},
				timer: { repeat: (callback, interval) => this.#repeat(callback, interval), schedule: Clock.schedule },
			},
			leds: () => ({ send: (pixels) => this.#show(pixels) }),
			crashed: false,
			restarts: { read: () => 0, write: () => {} },
			flash: () => new Flash(),
			heap: {
				size: () => 94_208 + 5376 * slotBytes,
				used: Heap.used,
				largestFree: () => 0,
			},
			page: new Page() as unknown as Uint8Array,
			portal: { open: false, answer: () => undefined },
			ticks: () => Clock.ticks,
			print: (line) => trace(`${line}\n`),
		});
		this.device.start();
		this.device.listen();
	}

	#accept(options: SocketOptions): Socket {
		this.#peers[this.#waiting] = options;
		return new Socket(this.#waiting);
	}

	/** Looks at free sectors, and erases, until there is nothing to do. */
	tidy(): void {
		while (this.device.store.tidy());
	}

	/** The server's turns are the timer that is made right behind its tick and is never due by itself. */
	#repeat(callback: () => void, interval: number): object {
		const timers = this.#timers;
		const turns = interval === NEVER && timers.at(-1)?.interval === TICK;
		const number = turns ? TURNS : TURNS + 1 + timers.length;
		if (turns) this.#turns = callback;
		timers.push({ number, callback, interval });
		Clock.schedule(number, interval);
		return number as unknown as object;
	}

	/** As the driver does: two strips, a signal for each. */
	#show(pixels: Uint8Array): boolean {
		this.pictures++;
		writeSignal(this.#signal, 0, pixels, 0, STRIP_BYTES);
		writeSignal(this.#signal, 0, pixels, STRIP_BYTES, 2 * STRIP_BYTES);
		this.onPicture?.(pixels);
		return true;
	}

	/** Lets time pass, in steps of so many ms, and what is due then happen. */
	pass(milliseconds: number, step = TICK): void {
		for (let passed = 0; passed < milliseconds; passed += step) {
			Clock.pass(step);
			for (const { number, callback, interval } of this.#timers) {
				if (number === TURNS || !Clock.due(number)) continue;
				Clock.schedule(number, interval);
				callback();
			}
			this.#turns();
		}
	}

	/** TCP's part of a connection: the K1 accepts it and can write. */
	connect(peer: number): void {
		Peer.connect(peer);
		this.#waiting = peer;
		this.#onReadable?.(1);
		this.#peers[peer]?.onWritable(5744);
	}

	/** Lets arrive what the peer has sent. */
	deliver(peer: number, segment = SEGMENT): void {
		const options = this.#peers[peer];
		if (options === undefined) return;
		if (this.longest !== undefined) {
			const turns = () => this.#count(this.#turns);
			Peer.deliver(peer, segment, (bytes) => this.#count(() => options.onReadable(bytes)), turns);
		} else Peer.deliver(peer, segment, this.onArrival ? this.#watched(options) : options.onReadable, this.#turns);
	}

	#count(turn: () => void): void {
		spent();
		const start = instructions();
		turn();
		const cost = instructions() - start - spent();
		if (cost > (this.longest ?? 0)) this.longest = cost;
	}

	#watched(options: SocketOptions): (bytes: number) => void {
		return (bytes) => {
			options.onReadable(bytes);
			this.onArrival?.();
		};
	}

	/** Connects and becomes a client. */
	open(peer: number): void {
		this.connect(peer);
		Peer.sendText(peer, UPGRADE);
		this.deliver(peer);
		expect(peer, "HTTP/1.1 101", 12);
	}

	/** The peer sends its close frame, and gets the answer and the end of the connection. */
	close(peer: number): void {
		Peer.sendFrame(peer, CLOSE, "03e8");
		this.deliver(peer);
		if (!Peer.closed(peer)) throw new Error("the connection is open after both close frames");
	}

	/** A connection that asks for the WebSocket, gets it, and is closed. What it is answered is not looked at. */
	visit(peer: number): void {
		this.connect(peer);
		Peer.sendText(peer, UPGRADE);
		this.deliver(peer);
		Peer.sendFrame(peer, CLOSE, "03e8");
		this.deliver(peer);
	}

	/** One message, given as hexadecimal digits. */
	say(peer: number, message: string): void {
		Peer.sendFrame(peer, BINARY, message);
		this.deliver(peer);
	}

	/** Drops the connection without a word. */
	drop(peer: number): void {
		this.#peers[peer]?.onError();
	}
}

/** Fails unless the K1's answers since the last time begin with this text; `most` bytes are looked at. */
function expect(peer: number, text: string, most: number): void {
	let wanted = "";
	for (let i = 0; i < text.length; i++) wanted += text.charCodeAt(i).toString(16).padStart(2, "0");
	const heard = Peer.heard(peer, most);
	if (heard !== wanted) throw new Error(`heard ${heard}, not ${wanted}`);
}

/** Fails unless the K1 has said exactly this since the last time. */
export function expectBytes(peer: number, wanted: string): void {
	const heard = Peer.heard(peer, 4096);
	if (heard !== wanted) throw new Error(`heard ${heard}, not ${wanted}`);
}
