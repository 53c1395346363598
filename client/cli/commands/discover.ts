import type { Context } from "../context.js";
import { listen } from "../discovery.js";
import { DONE, FAILED } from "../exit-codes.js";
import { note, printJson, printTable } from "../output.js";

/** Lists the devices in the network that announce themselves. */
export async function discover(context: Context, options: { seconds: number }): Promise<number> {
	const found = await listen(1000 * options.seconds, context.signal, () => false);
	if (context.json) printJson(found);
	else if (found.length > 0) {
		printTable(
			["name", "address", "port", "firmware", "LEDs", "--device"],
			found.map(({ host, address, port, firmware, leds, url }) => {
				return [host, address, String(port), firmware, String(leds), url];
			}),
			[2, 4],
		);
	} else {
		note(
			"no device has answered. Is it on, and set up for this network? Some networks keep mDNS from passing between " +
				"Wi-Fi and cable, and guests from each other; then its address in the router's list of devices is what --device wants.",
		);
	}
	return found.length > 0 ? DONE : FAILED;
}
