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
	Object.defineProperty(globalThis, "abort", { value: keepLastWords });
	const note = takeNote();
	return reason === SOFTWARE && note !== "" ? `${string}; before it: ${note}` : string;
}

/** The note of the run before, which is told once: another restart has another reason. */
function takeNote(): string {
	try {
		const note = Preference.get(DOMAIN, KEY);
		if (note !== undefined) Preference.delete(DOMAIN, KEY);
		return typeof note === "string" ? note : "";
	} catch {
		// A store that fails is no reason not to start.
		return "";
	}
}

/** XS calls it before it restarts the chip (the `abortHook` of the manifest); it cannot and shall not prevent that. */
function keepLastWords(message: string, error: unknown): void {
	Preference.set(DOMAIN, KEY, `${message} ${error instanceof Error ? error.message : ""}`.slice(0, MESSAGE_LIMIT));
}
