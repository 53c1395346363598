/** `host-shim/platform/system` of the simulators, which are started by whoever wants them. */
import type { StartReason } from "host-shim/platform/system";
import type { RestartCount } from "../../modules/lamp/crash-guard.js";

export function startReason(): StartReason {
	return { text: "simulator", crashed: false };
}

export const restarts: RestartCount = Object.freeze({ read: () => 0, write: () => {} });
