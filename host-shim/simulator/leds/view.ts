import { createLogUpdate } from "log-update";
import { ALL_BYTES, STRIP_LEDS } from "../../../modules/playback/strips.js";
import { drawStrips } from "./draw.js";

/** The terminal is drawn anew so often at most, ms. */
const REDRAW = 33;
const STRIPS = 2;

/** Says why LEDs cannot be drawn here, or nothing where they can. */
export function obstacleTo(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): string {
	if (!stream.isTTY) return "--leds draws in a terminal, and the output is none; leave it away here";
	if (env.TERM === "dumb") return "--leds draws in a terminal that can move its cursor; leave it away here";
	// https://no-color.org: any value but an empty one.
	if (env.NO_COLOR) return "--leds draws in color, and NO_COLOR is set; unset it, or leave --leds away";
	return "";
}

/** Draws both strips at the bottom of a terminal, in place, below the lines that are printed meanwhile. */
export class LedView {
	readonly #stream: NodeJS.WriteStream;
	readonly #update: ReturnType<typeof createLogUpdate>;
	readonly #write: NodeJS.WriteStream["write"];
	#colors = new Uint8Array(ALL_BYTES);
	#timer: NodeJS.Timeout | undefined;
	#drawn = 0;
	/** How wide the terminal was then. */
	#columns = 0;
	#over = false;

	constructor(stream: NodeJS.WriteStream) {
		this.#stream = stream;
		this.#write = stream.write.bind(stream);
		// It hides the cursor, and shows it again however the process ends.
		this.#update = createLogUpdate(stream);
		stream.on("resize", () => this.#resize());
		this.#draw();
	}

	/** Shows a picture: R, G, B, strip 1, then strip 2. It is copied. */
	show(colors: Uint8Array): void {
		this.#colors.set(colors);
		const wait = this.#drawn + REDRAW - performance.now();
		if (wait <= 0) this.#draw();
		else this.#timer ??= setTimeout(() => this.#draw(), wait);
	}

	/** Prints text above the strips; it ends with a line end. */
	print(text: string): void {
		if (this.#over) {
			this.#write(text);
			return;
		}
		this.#update.clear();
		this.#write(text);
		this.#draw();
	}

	/** Takes the strips away and gives the terminal back as it was. */
	end(): void {
		if (this.#over) return;
		this.#over = true;
		clearTimeout(this.#timer);
		this.#update.clear();
		this.#update.done();
	}

	/** A terminal that becomes narrower breaks the lines that are there, so that there is more to take away than was drawn. */
	#resize(): void {
		if (this.#over) return;
		const cells = Math.min(this.#columns, STRIP_LEDS);
		const more = STRIPS * (Math.ceil(cells / this.#stream.columns) - 1);
		this.#update.clear();
		if (more > 0) this.#write(`\u001b[${more}A\u001b[J`);
		this.#draw();
	}

	#draw(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#over) return;
		this.#drawn = performance.now();
		this.#columns = this.#stream.columns;
		this.#update(drawStrips(this.#colors, this.#columns));
	}
}
