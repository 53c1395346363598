/**
 * `host-shim/platform/system` on the ESP32: why it started, a note for the next start when the engine gives up, and how often in a row
 * it started without being asked to.
 */

import getResetReason from "resetReason";
import type { StartReason } from "host-shim/platform/system";
import Preference from "preference";
import type { RestartCount } from "../../modules/lamp/crash-guard.js";

const DOMAIN = "system";
const ABORT = "abort";
const RESTARTS = "restarts";
/** ESP_RST_SW: the firmware itself asked for the restart, as XS does when it gives up; there is nothing else in it that does. */
const SOFTWARE = 3;
/**
 * The reasons that nobody asked for (ESP-IDF, esp_system.h, esp_reset_reason_t): SW, PANIC, INT_WDT, TASK_WDT, WDT, BROWNOUT,
 * PWR_GLITCH, CPU_LOCKUP.
 */
const CRASHES = Object.freeze([SOFTWARE, 4, 5, 6, 7, 9, 14, 15]) as readonly number[];
/** Most characters of an error's message that are kept. */
const MESSAGE_LIMIT = 80;

/** As `startReason` of host-shim/platform/system; from here on the engine's last words are kept for the next start. */
export function startReason(): StartReason {
	const { reason, string } = getResetReason();
	Object.defineProperty(globalThis, "abort", { value: keepLastWords });
	const note = takeNote();
	const text = reason === SOFTWARE && note !== "" ? `${string}; before it: ${note}` : string;
	return { text, crashed: CRASHES.includes(reason) };
}

/** A store that fails is no reason not to start: then nothing is known, and nothing kept. */
export const restarts: RestartCount = Object.freeze({
	read(): number {
		try {
			return Number(Preference.get(DOMAIN, RESTARTS) ?? 0) || 0;
		} catch {
			return 0;
		}
	},
	write(count: number): void {
		try {
			Preference.set(DOMAIN, RESTARTS, String(count));
		} catch {
			// As above.
		}
	},
});

/** The note of the run before, which is told once: another restart has another reason. */
function takeNote(): string {
	try {
		const note = Preference.get(DOMAIN, ABORT);
		if (note !== undefined) Preference.delete(DOMAIN, ABORT);
		return typeof note === "string" ? note : "";
	} catch {
		return "";
	}
}

/** XS calls it before it restarts the chip (the `abortHook` of the manifest); it cannot and shall not prevent that. */
function keepLastWords(message: string, error: unknown): void {
	Preference.set(DOMAIN, ABORT, `${message} ${error instanceof Error ? error.message : ""}`.slice(0, MESSAGE_LIMIT));
}
