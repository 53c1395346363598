/** `host-shim/platform/system`: the machine under the firmware. One file for each platform: docs/device.md, "Platform parts". */
declare module "host-shim/platform/system" {
	/** Why the machine started, in a few words for the boot log. To be called once, first of all. */
	export function startReason(): string;
}
