/** What the specs of the player share: patterns in memory, a player without limit, pictures of one color. */

import { encodePattern, type Strip2 } from "../../modules/pattern/encoder/encode.js";
import { Player, type PlayerOptions } from "../../modules/playback/player.js";
import { orderOf } from "../../modules/playback/strips.js";
import type { PatternSource } from "../../modules/playback/track.js";
import { BLUE, GREEN, onlyColor, RED } from "./colors.js";

/** A file in memory, in sectors as the store's reader has them. */
export class MemorySource implements PatternSource {
	readonly size: number;
	/** One sector, which each `block` overwrites, as others overwrite the store's cache. */
	readonly view: Uint8Array;
	start = 0;
	end = 0;
	/** How often it was closed. */
	closed = 0;
	/** Thrown by the next `block`. */
	failure: Error | undefined;

	constructor(
		readonly file: Uint8Array,
		private readonly sector = 512,
	) {
		this.size = file.length;
		this.view = new Uint8Array(sector);
	}

	block(offset: number): void {
		if (this.failure) throw this.failure;
		if (this.closed > 0) throw new Error("read after close");
		if (!(offset >= 0 && offset < this.size)) throw new Error(`read at ${offset} of ${this.size}`);
		const sectorStart = offset - (offset % this.sector);
		this.view.fill(0xa5);
		this.view.set(this.file.subarray(sectorStart, Math.min(sectorStart + this.sector, this.size)));
		this.start = offset - sectorStart;
		this.end = Math.min(this.sector, this.size - sectorStart);
	}

	close(): void {
		this.closed++;
	}
}

/** A player; without a power limit where none is given. */
export function player(options: Partial<PlayerOptions> = {}): Player {
	return new Player({ powerLimit: 0, milliampsPerLed: 55, order: orderOf("GRB"), ...options });
}

/** A file whose frames are each of one color, given as digits RRGGBB. */
export function plainFile(colors: readonly string[], fps: number, leds = 160, strip2?: Strip2): Uint8Array {
	const frames = colors.map((color) => {
		const frame = new Uint8Array(3 * leds);
		for (let i = 0; i < frame.length; i++) frame[i] = Number.parseInt(color.slice(2 * (i % 3), 2 * (i % 3) + 2), 16);
		return frame;
	});
	return encodePattern({ leds, fps, frames, strip2 });
}

/** Plays at 10 frames a second from time 1,000 on, without a fade. */
export function playing(colors: readonly string[] = [RED, GREEN, BLUE]): { light: Player; source: MemorySource } {
	const light = player();
	const source = new MemorySource(plainFile(colors, 10));
	light.play(source, 1000, 0);
	return { light, source };
}

/** What is shown after a tick. */
export function at(light: Player, now: number): string {
	light.tick(now);
	return onlyColor(light.colors);
}
