/**
 * A program for every place where the firmware runs on a desktop: plays all frames of the pattern "all" once, at full brightness, without
 * a limit, through the platform's LEDs, and prints for each what strip 1 has read from its signal, G, R, B, in hexadecimal digits.
 */
import flash from "embedded:storage/flash";
import Leds from "host-shim/platform/leds";
import Timer from "timer";
import { MemoryPool } from "../../../modules/core/memory-pool.js";
import { Player } from "../../../modules/playback/player.js";
import { ALL_BYTES, orderOf, STRIP_BYTES } from "../../../modules/playback/strips.js";
import { PatternStore } from "../../../modules/storage/pattern-store.js";

/** The virtual strips of Node and of XS can be looked at. */
type VirtualLeds = Leds & { read(colors: Uint8Array): number };

const NAME = new Uint8Array([0x61, 0x6c, 0x6c]);

const store = new PatternStore(flash.open({ path: "patterns", mode: "r+" }), new MemoryPool(2), {
	cacheBlocks: 2,
	requirePrism: true,
});
const source = store.open(NAME, 0, NAME.length);
if (source === undefined) throw new Error('no pattern "all"');
const player = new Player({ powerLimit: 0, milliampsPerLed: 55, order: orderOf("GRB") });
const leds = new Leds({ pins: [9, 10] }) as VirtualLeds;
const colors = new Uint8Array(ALL_BYTES);
player.play(source, 0, 0);

let frame = 0;
let changed = player.tick(0);
const timer = Timer.repeat(() => {
	if (!changed) throw new Error(`frame ${frame} does not come`);
	if (!leds.send(player.output)) return;
	if (leds.read(colors) !== frame + 1) throw new Error(`${leds.read(colors)} pictures`);
	let text = "";
	for (let i = 0; i < STRIP_BYTES; i += 3) text += hex(colors[i + 1]) + hex(colors[i]) + hex(colors[i + 2]);
	trace(`${text}\n`);
	frame++;
	if (frame === player.frames) {
		Timer.clear(timer);
		return;
	}
	changed = player.tick(Math.ceil((frame * 256_000) / player.fps256));
}, 1);

function hex(byte: number): string {
	return byte.toString(16).padStart(2, "0");
}
