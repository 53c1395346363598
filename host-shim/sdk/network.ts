/** `host-shim/platform/network` where the machine is on a network already: the simulators. Nothing to join, nothing to set up. */
import type { NetworkOptions } from "host-shim/platform/network";

export default class Network {
	constructor(private readonly options: NetworkOptions) {}

	start(): void {
		const { log, onNetwork, onState } = this.options;
		log("network: the simulator uses the computer's own");
		onState("ready");
		onNetwork();
	}
}
