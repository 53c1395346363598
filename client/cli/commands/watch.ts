import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { print, printJsonLine } from "../output.js";
import { plainLine, Screen } from "../screen.js";
import { until } from "../until.js";

/** Draws what the device shows, until Ctrl-C or the time is over. */
export async function watch(context: Context, options: { fps: number; seconds?: number }): Promise<number> {
	const k1 = await context.connect();
	const { fps, seconds } = options;
	const screen = new Screen();
	const dark = new Uint8Array(3 * 320);
	let caption = "";
	const draw = (colors: Uint8Array) => {
		if (!context.json && process.stdout.isTTY) screen.draw(colors, caption);
	};
	k1.on("state", ({ state, pattern, brightness, milliamps }) => {
		caption = `${state} ${pattern}  brightness ${brightness}  ${milliamps} mA  (Ctrl-C ends it)`;
		// The device sends no frames while it is dark.
		if (state === "stopped") draw(dark);
	});
	await until(context, seconds, async (signal) => {
		await k1.state();
		for await (const { frame, leds, colors } of k1.watch({ fps, signal })) {
			if (context.json) printJsonLine({ frame, leds, colors: Buffer.from(colors).toString("hex") });
			else if (process.stdout.isTTY) draw(colors);
			else print(plainLine(frame, colors));
		}
	});
	return DONE;
}
