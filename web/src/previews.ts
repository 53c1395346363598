/** The small moving pictures in the list: of the rows that are seen, each decoded in the page. */
import { ConnectionError } from "../../client/src/index.js";
import { decode } from "../../modules/pattern/decode.js";
import {
	COLORS,
	FINISHED,
	FRAME,
	FRAME_FLAGS,
	FRAMES,
	LEDS,
	PALETTE,
	PIXELS,
	STATE_SIZE,
	STEP,
	WORDS,
} from "../../modules/pattern/decoder-state.js";
import { PrismHeader } from "../../modules/pattern/header.js";
import { STRIP_LEDS } from "../../modules/playback/strips.js";
import type { Connection } from "./connection.js";
import type { Page } from "./page.js";

/** Who was away for longer sees the pattern go on from where it was, ms. */
const HALT = 500;

/** One pattern, decoded frame by frame: a row of the picture for each strip, the same where the file has but one. */
class Preview {
	readonly frames: number;
	/** Frames a second. */
	readonly fps: number;
	readonly #state = new Uint8Array(STATE_SIZE);
	readonly #words = new Uint32Array(this.#state.buffer, 0, WORDS);
	readonly #picture = new ImageData(STRIP_LEDS, 2);
	readonly #context: CanvasRenderingContext2D;
	readonly #leds: number;
	#at: number;
	readonly #payload: number;
	/** When the next frame is due, ms. */
	#due = 0;

	/** @throws Error for what is no .prism file */
	constructor(
		canvas: HTMLCanvasElement,
		private readonly bytes: Uint8Array,
	) {
		const header = new PrismHeader();
		header.collect(bytes, 0, bytes.length, 0);
		header.check(bytes.length);
		this.#leds = header.leds;
		this.frames = header.frames;
		this.fps = header.fps256 / 256;
		this.#payload = this.#at = header.payloadStart;
		this.#words[LEDS] = header.leds;
		this.#words[FRAMES] = header.frames;
		this.#context = canvas.getContext("2d")!;
	}

	/** Goes to the frame that is due at `now`, ms. @throws Error for one that cannot be decoded */
	draw(now: number): void {
		// Whoever was not looked at goes on from where it was.
		if (this.#due < now - HALT) this.#due = now;
		if (this.#due > now) return;
		for (; this.#due <= now; this.#due += 1000 / this.fps) this.#next();
		this.#paint();
	}

	#next(): void {
		const words = this.#words;
		if (words[STEP] === FINISHED) {
			words[STEP] = FRAME_FLAGS;
			words[FRAME] = 0;
			this.#at = this.#payload + 2 + 3 * words[COLORS];
		}
		const before = words[FRAME];
		this.#at = decode(this.#state, this.bytes, this.#at, this.bytes.length, 1);
		if (words[FRAME] === before) throw new Error("no frame");
	}

	#paint(): void {
		const state = this.#state;
		const { data } = this.#picture;
		for (let led = 0; led < 2 * STRIP_LEDS; led++) {
			const place = this.#leds > STRIP_LEDS ? led : led % STRIP_LEDS;
			const color = PALETTE + 3 * state[PIXELS + place];
			const lit = place < this.#leds;
			for (let i = 0; i < 3; i++) data[4 * led + i] = lit ? state[color + i] : 0;
			data[4 * led + 3] = 255;
		}
		this.#context.putImageData(this.#picture, 0, 0);
	}
}

export class Previews {
	/** The rows' canvases, in the list's order; undefined: not seen, or not decoded yet. */
	readonly #canvases = new Map<HTMLCanvasElement, Preview | undefined>();
	readonly #seen = new Set<HTMLCanvasElement>();
	readonly #observer = new IntersectionObserver((entries) => {
		for (const { target, isIntersecting } of entries) {
			const canvas = target as HTMLCanvasElement;
			if (isIntersecting) this.#seen.add(canvas);
			else {
				this.#seen.delete(canvas);
				this.#canvases.set(canvas, undefined);
			}
		}
		void this.#load();
	});
	#loading = false;
	/** Canvases whose pattern cannot be shown. */
	readonly #hopeless = new WeakSet<HTMLCanvasElement>();
	readonly #still = matchMedia("(prefers-reduced-motion: reduce)");

	constructor(
		private readonly page: Page,
		private readonly connection: Connection,
	) {
		const draw = (now: number) => {
			for (const canvas of this.#seen) this.#draw(canvas, now);
			requestAnimationFrame(draw);
		};
		requestAnimationFrame(draw);
	}

	/** The list was drawn: these are its canvases. */
	sync(canvases: Iterable<HTMLCanvasElement>): void {
		const now = new Set(canvases);
		for (const canvas of this.#canvases.keys()) {
			if (now.has(canvas)) continue;
			this.#observer.unobserve(canvas);
			this.#canvases.delete(canvas);
			this.#seen.delete(canvas);
		}
		for (const canvas of now) {
			if (this.#canvases.has(canvas)) continue;
			this.#canvases.set(canvas, undefined);
			this.#observer.observe(canvas);
		}
		void this.#load();
	}

	#draw(canvas: HTMLCanvasElement, now: number): void {
		const preview = this.#canvases.get(canvas);
		if (preview === undefined) return;
		try {
			// One picture, where nothing is to move.
			preview.draw(this.#still.matches ? 0 : now);
		} catch {
			this.#canvases.set(canvas, undefined);
			this.#hopeless.add(canvas);
		}
	}

	/** Fetches what is seen, one pattern at a time, and none while something is sent. */
	async #load(): Promise<void> {
		if (this.#loading) return;
		this.#loading = true;
		for (;;) {
			const canvas = [...this.#seen].find((each) => !this.#canvases.get(each) && !this.#hopeless.has(each));
			const { k1 } = this.connection;
			if (canvas === undefined || k1 === undefined || this.page.uploads.some(({ error }) => error === "")) break;
			const { name = "", crc = "" } = canvas.dataset;
			try {
				const bytes = await k1.download(name, { crc32: crc });
				// It may have left the list, or the screen, meanwhile.
				if (this.#seen.has(canvas)) this.#begin(canvas, bytes, crc);
			} catch (error) {
				// Without a connection it is tried again with the next one.
				if (error instanceof ConnectionError) break;
				this.#hopeless.add(canvas);
			}
		}
		this.#loading = false;
	}

	#begin(canvas: HTMLCanvasElement, bytes: Uint8Array, crc: string): void {
		const preview = new Preview(canvas, bytes);
		this.#canvases.set(canvas, preview);
		this.page.shape.set(crc, preview);
		this.page.changed();
	}
}
