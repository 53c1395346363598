import { platform } from "#platform";
import * as commands from "../../modules/tlv/control.js";
import { CONTROL, DELETE, LIST, SHOW, STATUS } from "../../modules/tlv/frame.js";
import { type Address, parseAddress } from "./address.js";
import type { Answer, Conversation } from "./conversation.js";
import { download } from "./download.js";
import { ArgumentError, ConnectionError } from "./errors.js";
import {
	argumentBytes,
	controlValue,
	frame,
	LOG_LEVELS,
	nameBytes,
	readList,
	readState,
	readStatus,
} from "./frames.js";
import { Lane } from "./lane.js";
import { Link } from "./link.js";
import { type LineSource, LogReader } from "./logs.js";
import { piecesOf } from "./source.js";
import type {
	ConnectOptions,
	DownloadOptions,
	Frame,
	K1Events,
	Listed,
	LogLine,
	LogOptions,
	RampOptions,
	ShowOptions,
	Source,
	State,
	Status,
	UploadOptions,
	WatchOptions,
} from "./types.js";
import { Uploading } from "./upload.js";
import { type FrameSource, MOST_FPS, Watcher } from "./watching.js";

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_KEEP_ALIVE = 10_000;
/** LEDs of both strips. */
const LEDS = 320;
/** Longest time of a ramp, ms. */
const LONGEST_RAMP = 65_535;
/** Longest time that a timer can take, ms. */
const LONGEST_TIMER = 0x7fffffff;

type Listener<E extends keyof K1Events> = (...values: K1Events[E]) => void;

/** A PRISM K1 that this program is connected to. Its calls may be made in any order, and at the same time. */
export class K1 {
	readonly #link: Link;
	/** One upload or deletion at a time: the device takes no more from one client. */
	readonly #lane = new Lane();
	readonly #listeners: { [E in keyof K1Events]: Set<Listener<E>> } = {
		connected: new Set(),
		disconnected: new Set(),
		reconnecting: new Set(),
		state: new Set(),
		refused: new Set(),
	};
	readonly #watchers = new Set<Watcher>();
	/** Frames a second that the device was asked for over the connection of now. */
	#watchedFps = 0;
	#adjusting = Promise.resolve();
	readonly #frames: FrameSource = {
		start: async (watcher) => {
			this.#watchers.add(watcher);
			await this.#adjust();
		},
		stop: async (watcher) => {
			// A watcher that goes with the connection has nothing to take back.
			if (this.#watchers.delete(watcher)) await this.#adjust().catch(() => {});
		},
	};

	#reader: LogReader | undefined;
	readonly #lines: LineSource = {
		start: async (reader) => {
			if (this.#reader !== undefined) throw new ArgumentError("the log is being read already: end that first");
			this.#reader = reader;
			await this.#askLog();
		},
		stop: async (reader) => {
			if (this.#reader !== reader) return;
			this.#reader = undefined;
			await this.#control(commands.LOG, argumentBytes([0, 1])).catch(() => {});
		},
	};

	private constructor(address: Address, options: ConnectOptions) {
		const { timeout = DEFAULT_TIMEOUT, keepAlive = DEFAULT_KEEP_ALIVE, reconnect = true } = options;
		this.#link = new Link(platform, address, { timeout, keepAlive }, reconnect, {
			frame: (value) => {
				for (const watcher of [...this.#watchers]) watcher.take(value);
			},
			line: (value) => this.#reader?.take(value),
			playback: (value) => this.#tell("state", readState(value)),
			refused: (error) => this.#tell("refused", error),
			connected: () => {
				this.#adjust().catch((error) => {
					// A connection that is lost again at once comes back, and then this is asked anew.
					if (!(error instanceof ConnectionError)) this.#endWatching(error);
				});
				this.#askLog().catch((error) => {
					if (!(error instanceof ConnectionError)) this.#reader?.fail(error);
				});
				this.#tell("connected");
			},
			disconnected: (error) => {
				this.#watchedFps = 0;
				this.#tell("disconnected", error);
			},
			// A program that closes the connection has had enough frames; nothing is wrong then.
			over: (error) => {
				const reason = error.reason === "closed" ? undefined : error;
				this.#endWatching(reason);
				this.#reader?.fail(reason);
				this.#reader = undefined;
			},
			waiting: (delay, attempt) => this.#tell("reconnecting", delay, attempt),
		});
	}

	/**
	 * Connects to a K1.
	 * @param address `prism-k1.local`, `192.168.1.20`, `ws://HOST:PORT/ws` or `http://HOST:PORT/`; if not given, on a device's own
	 * page that device, else `prism-k1.local`
	 * @throws ConnectionError where there is none, or it has no place; ArgumentError for what is no address
	 */
	static async connect(address: string = platform.home(), options: ConnectOptions = {}): Promise<K1> {
		const { timeout = DEFAULT_TIMEOUT, keepAlive = DEFAULT_KEEP_ALIVE, token, signal } = options;
		check("timeout", timeout, 1, LONGEST_TIMER);
		check("keepAlive", keepAlive, 0, LONGEST_TIMER);
		const k1 = new K1(parseAddress(address, token), options);
		await k1.#link.open(signal);
		return k1;
	}

	/** The device's `ws://` address. */
	get url(): string {
		return this.#link.address.socket;
	}

	/**
	 * Stores a pattern under a name, in the place of the one that has it. Done when it is durable.
	 * @throws DeviceError where it is not valid or there is no room, and ConnectionError; what is stored is never harmed
	 */
	async upload(name: string, source: Source, options: UploadOptions = {}): Promise<void> {
		const bytes = nameBytes(name);
		if (options.size !== undefined) check("size", options.size, 0, 0xffffffff);
		const pieces = await piecesOf(source, options.size);
		await this.#lane.run(async () => {
			const conversation = await this.#link.ready(options.signal);
			await new Uploading(conversation, bytes, pieces, options).run();
		}, options.signal);
	}

	/** The patterns that are stored, sorted by name. */
	async list(): Promise<Listed[]> {
		return readList(await this.#ask(frame(LIST), "list"));
	}

	/** A pattern's bytes. @throws DeviceError (PATTERN_NOT_FOUND), ConnectionError */
	async download(name: string, options: DownloadOptions = {}): Promise<Uint8Array> {
		nameBytes(name);
		const { address, times } = this.#link;
		return download(address, name, times.timeout, options);
	}

	/** Deletes a pattern. @throws DeviceError (PATTERN_NOT_FOUND), ConnectionError */
	async delete(name: string): Promise<void> {
		const bytes = frame(DELETE, nameBytes(name));
		await this.#lane.run(() => this.#ask(bytes, "ok", true));
	}

	/** How the device is. */
	async status(): Promise<Status> {
		return readStatus(await this.#ask(frame(STATUS), "metrics"));
	}

	/** What plays. */
	async state(): Promise<State> {
		const value = await this.#control(commands.STATE, undefined, "playback");
		return readState(value);
	}

	/** Plays a pattern from its start; without a name, the one that played last. */
	async play(name?: string): Promise<void> {
		await this.#control(commands.PLAY, name === undefined ? undefined : nameBytes(name));
	}

	/** Ends what plays: the LEDs go dark. */
	async stop(): Promise<void> {
		await this.#control(commands.STOP);
	}

	/** Lets the picture stand still. */
	async pause(): Promise<void> {
		await this.#control(commands.PAUSE);
	}

	/** Lets it go on. */
	async resume(): Promise<void> {
		await this.#control(commands.RESUME);
	}

	/** Goes to a brightness, 0 to 255. */
	async brightness(value: number, { over = 0 }: RampOptions = {}): Promise<void> {
		check("brightness", value, 0, 255);
		check("time", over, 0, LONGEST_RAMP);
		await this.#control(commands.BRIGHTNESS, argumentBytes([value, 1], [over, 2]));
	}

	/** Goes to a gamma, times 100: 100 to 400. */
	async gamma(value: number, { over = 0 }: RampOptions = {}): Promise<void> {
		check("gamma (times 100)", value, 100, 400);
		check("time", over, 0, LONGEST_RAMP);
		await this.#control(commands.GAMMA, argumentBytes([value, 2], [over, 2]));
	}

	/**
	 * The frames that the device shows, as they come: `for await (const frame of k1.watch())`. It goes on over lost
	 * connections, and ends with `close`.
	 * @throws DeviceError where the device has no room for one more watcher; with `reconnect: false`, ConnectionError
	 */
	watch(options: WatchOptions = {}): AsyncIterableIterator<Frame> {
		if (options.fps !== undefined) check("frames a second", options.fps, 1, MOST_FPS);
		return new Watcher(this.#frames, options);
	}

	/**
	 * The device's log: its last lines, and then those that come: `for await (const line of k1.logs())`. One reader at a time. It goes on
	 * over lost connections, where the last lines come again, and ends with `close`.
	 * @throws ArgumentError while it is being read already; DeviceError where the device has no log to give; with `reconnect: false`, ConnectionError
	 */
	logs(options: LogOptions = {}): AsyncIterableIterator<LogLine> {
		const { level = "info" } = options;
		if (LOG_LEVELS.indexOf(level) < 1) throw new ArgumentError(`a level is error, warn, info or debug, not ${level}`);
		return new LogReader(this.#lines, options);
	}

	/**
	 * Shows colors on the LEDs, at once and over whatever plays; that is back 2.5 s after the last call. Done when the device has
	 * them: who waits for it never sends faster than they can be taken.
	 * @param colors R, G, B for each LED
	 */
	async show(colors: Uint8Array, { first = 0 }: ShowOptions = {}): Promise<void> {
		check("first LED", first, 0, LEDS - 1);
		if (!(colors instanceof Uint8Array) || colors.length % 3 !== 0 || 3 * first + colors.length > 3 * LEDS) {
			throw new ArgumentError(`colors are R, G, B in a Uint8Array, for ${LEDS} LEDs at most`);
		}
		const value = new Uint8Array(2 + colors.length);
		value.set(argumentBytes([first, 2]));
		value.set(colors, 2);
		const conversation = await this.#link.ready();
		const shown = this.#aside(conversation, frame(SHOW, value), "nothing");
		// It has no answer of its own; that of a question behind it says that it was taken.
		conversation.ask(frame(STATUS), "metrics").catch(() => {});
		await shown;
	}

	/** Listens for an event. Returns what ends that. */
	on<E extends keyof K1Events>(event: E, listener: Listener<E>): () => void {
		const listeners = this.#listeners[event] as Set<Listener<E>> | undefined;
		if (listeners === undefined) throw new ArgumentError(`there is no event "${event}"`);
		listeners.add(listener);
		return () => {
			listeners.delete(listener);
		};
	}

	/** Ends the connection for good; whatever is under way fails. */
	async close(): Promise<void> {
		await this.#link.close();
	}

	async #ask(bytes: Uint8Array, answer: Answer, refusable = false): Promise<Uint8Array> {
		const conversation = await this.#link.ready();
		return conversation.ask(bytes, answer, { refusable });
	}

	async #control(command: number, rest?: Uint8Array, answer: Answer = "ok"): Promise<Uint8Array> {
		const bytes = frame(CONTROL, controlValue(command, rest));
		return this.#aside(await this.#link.ready(), bytes, answer);
	}

	/**
	 * Asks something that may be refused, perhaps in the middle of an upload. The question in front of it is answered when all that
	 * was sent of the upload was taken: a refusal that comes then is not the upload's.
	 */
	#aside(conversation: Conversation, bytes: Uint8Array, answer: Answer): Promise<Uint8Array> {
		if (conversation.uploading) conversation.ask(frame(STATUS), "metrics").catch(() => {});
		return conversation.ask(bytes, answer, { refusable: true });
	}

	/** Has the device send as many frames a second as the most eager watcher wants. */
	#adjust(): Promise<void> {
		const adjusted = this.#adjusting.then(async () => {
			let fps = 0;
			for (const watcher of this.#watchers) fps = Math.max(fps, watcher.fps);
			if (fps === this.#watchedFps) return;
			await this.#control(commands.WATCH, argumentBytes([fps, 1]));
			this.#watchedFps = fps;
		});
		this.#adjusting = adjusted.catch(() => {});
		return adjusted;
	}

	async #askLog(): Promise<void> {
		if (this.#reader !== undefined) await this.#control(commands.LOG, argumentBytes([this.#reader.level, 1]));
	}

	#endWatching(error: unknown): void {
		const watchers = [...this.#watchers];
		this.#watchers.clear();
		for (const watcher of watchers) watcher.fail(error);
	}

	#tell<E extends keyof K1Events>(event: E, ...values: K1Events[E]): void {
		for (const listener of [...(this.#listeners[event] as Set<Listener<E>>)]) {
			try {
				listener(...values);
			} catch (error) {
				// It is the program's own, and must not keep an answer from who waits for it.
				queueMicrotask(() => {
					throw error;
				});
			}
		}
	}
}

/** @throws ArgumentError unless it is a whole number from `least` to `most` */
function check(what: string, value: number, least: number, most: number): void {
	if (!Number.isInteger(value) || value < least || value > most) {
		throw new ArgumentError(`${what} is a whole number from ${least} to ${most}, not ${value}`);
	}
}
