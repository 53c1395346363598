/** `host-shim/platform/system`: the machine under the firmware. One file for each platform: docs/device.md, "Platform parts". */
declare module "host-shim/platform/system" {
	export interface StartReason {
		/** In a few words, for the boot log. */
		readonly text: string;
		/** Nobody asked for this start: the firmware crashed, hung, or its supply broke down. */
		readonly crashed: boolean;
	}
	/** Why the machine started. To be called once, first of all. */
	export function startReason(): StartReason;
	/** Starts in a row that nobody asked for, kept over a restart. */
	export const restarts: import("../../modules/lamp/crash-guard.js").RestartCount;
}
