/** `host-shim/platform/system` on the ESP32: why it started, and a note for the next start when the engine gives up. */

import getResetReason from "resetReason";
import Preference from "preference";

const DOMAIN = "system";
const KEY = "abort";
/** ESP_RST_SW: the firmware itself asked for the restart, as XS does when it gives up. */
const SOFTWARE = 3;
/** Most characters of an error's message that are kept. */
const MESSAGE_LIMIT = 80;

/** As `startReason` of host-shim/platform/system; from here on the engine's last words are kept for the next start. */
export function startReason(): string {
	const { reason, string } = getResetReason();
	const note = Preference.get(DOMAIN, KEY);
	Object.defineProperty(globalThis, "abort", { value: keepLastWords });
	return reason === SOFTWARE && typeof note === "string" ? `${string}; before it: ${note}` : string;
}

/** XS calls it before it restarts the chip (the `abortHook` of the manifest); it cannot and shall not prevent that. */
function keepLastWords(message: string, error: unknown): void {
	const note = `${message} ${error instanceof Error ? error.message : ""}`.slice(0, MESSAGE_LIMIT);
	// The same end again and again is written once: the flash wears.
	if (Preference.get(DOMAIN, KEY) !== note) Preference.set(DOMAIN, KEY, note);
}
