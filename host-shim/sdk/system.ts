/** `host-shim/platform/system` of the simulators. */
export function startReason(): string {
	return "simulator";
}
