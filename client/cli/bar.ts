import { Presets, SingleBar } from "cli-progress";
import type { Progress } from "../src/types.js";
import { size } from "./output.js";

/** Columns of the widest name in a bar. */
const NAME = 20;
/** What a line has besides the bar and the name. */
const REST = 54;
/** Columns of the widest bar. */
const BAR = 40;

/**
 * A progress bar on stderr where that is a terminal; nothing elsewhere. It counts what has arrived, so its rate is the rate of
 * the whole way and its end is the end.
 */
export class Bar {
	readonly #bar: SingleBar | undefined;
	readonly #began = Date.now();

	constructor(private readonly name: string) {
		if (!process.stderr.isTTY) return;
		const room = (process.stderr.columns || 80) - Math.min(NAME, name.length) - REST;
		const options = {
			format: "{name} {bar} {percent} {sizes} {rate} {left}",
			barsize: Math.max(5, Math.min(BAR, room)),
			stream: process.stderr,
			hideCursor: true,
			clearOnComplete: true,
		};
		this.#bar = new SingleBar(options, Presets.shades_classic);
	}

	readonly update = ({ done, total }: Progress): void => {
		const bar = this.#bar;
		if (bar === undefined) return;
		const seconds = (Date.now() - this.#began) / 1000;
		const rate = seconds > 0 ? done / seconds : 0;
		const percent = total === undefined || total === 0 ? "" : `${Math.floor((100 * done) / total)}%`;
		const payload = {
			percent: percent.padStart(4),
			name: this.name.length > NAME ? `${this.name.slice(0, NAME - 1)}…` : this.name,
			sizes: `${size(done).padStart(8)} of ${total === undefined ? "?" : size(total)}`,
			rate: rate > 0 ? `${size(rate)}/s`.padStart(10) : "",
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
