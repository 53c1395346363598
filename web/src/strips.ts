/** Both strips, drawn as the device's frames come: what is on the canvas is just the colors, the glow is made of it by the style. */
import type { State } from "../../client/src/types.js";
import { STRIP_BYTES, STRIP_LEDS } from "../../modules/playback/strips.js";

export class Strips {
	readonly #picture = new ImageData(STRIP_LEDS, 1);
	#newest: Uint8Array | undefined;

	/** Shows the colors of both strips with the screen's next picture. */
	show(colors: Uint8Array): void {
		if (this.#newest === undefined) requestAnimationFrame(() => this.#draw());
		this.#newest = colors;
	}

	/** No light. */
	dark(): void {
		this.show(new Uint8Array(2 * STRIP_BYTES));
	}

	/** The light is as strong as the device's. */
	light({ state, brightness }: State): void {
		if (state === "stopped") this.dark();
		const glow = String(0.25 + (0.75 * brightness) / 255);
		for (const canvas of document.querySelectorAll<HTMLCanvasElement>(".glow")) canvas.style.opacity = glow;
	}

	#draw(): void {
		const colors = this.#newest;
		this.#newest = undefined;
		if (colors === undefined) return;
		for (const canvas of document.querySelectorAll<HTMLCanvasElement>(".strip canvas")) {
			const { data } = this.#picture;
			let from = canvas.dataset.strip === "2" ? STRIP_BYTES : 0;
			for (let to = 0; to < data.length; to += 4) {
				for (let i = 0; i < 3; i++) data[to + i] = colors[from++];
				data[to + 3] = 255;
			}
			canvas.getContext("2d")?.putImageData(this.#picture, 0, 0);
		}
	}
}
