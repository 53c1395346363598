import { Presets, SingleBar } from "cli-progress";
import type { Progress } from "../src/types.js";
import { size } from "./output.js";

/** Columns of the widest name in a bar. */
const NAME = 24;
/** What a line has besides the bar and the name. */
const REST = 45;

/**
 * A progress bar on stderr where that is a terminal; nothing elsewhere. It counts what has arrived, so its rate is the rate of
 * the whole way and its end is the end.
 */
export class Bar {
	readonly #bar: SingleBar | undefined;
	readonly #began = Date.now();

	constructor(private readonly name: string) {
		if (!process.stderr.isTTY) return;
		const width = Math.max(8, Math.min(40, (process.stderr.columns || 80) - NAME - REST));
		const options = {
			format: "{name} {bar} {percentage}% {sizes} {rate} {left}",
			barsize: width,
			stream: process.stderr,
			hideCursor: true,
			clearOnComplete: true,
			linewrap: true,
			// What is printed is what was told last; there is no thread that would go on printing.
			noTTYOutput: false,
		};
		this.#bar = new SingleBar(options, Presets.shades_classic);
	}

	readonly update = ({ done, total }: Progress): void => {
		const bar = this.#bar;
		if (bar === undefined) return;
		const seconds = (Date.now() - this.#began) / 1000;
		const rate = seconds > 0 ? done / seconds : 0;
		const payload = {
			name: this.name.length > NAME ? `${this.name.slice(0, NAME - 1)}…` : this.name.padEnd(NAME),
			sizes: `${size(done)} of ${total === undefined ? "?" : size(total)}`,
			rate: rate > 0 ? `${size(rate)}/s` : "",
			left: rate > 0 && total !== undefined && done < total ? `${Math.ceil((total - done) / rate)} s left` : "",
		};
		if (bar.isActive) bar.update(done, payload);
		else bar.start(total ?? Math.max(done, 1), done, payload);
	};

	/** Takes the bar away. */
	end(): void {
		this.#bar?.stop();
	}
}
