/** Runs in the page: takes the flows in, for the spec in Node to call one by one. */
import * as library from "../../../client/src/index.js";
import { flows } from "../flows.js";
import { collect } from "./collect.js";

declare global {
	/** Given by the spec: kills the K1, and starts it anew at the same address. */
	function restartK1(): Promise<void>;
	/** Runs a flow, with what comes before and after each. */
	function runFlow(name: string): Promise<void>;
}

const collected = collect(() => flows({ library, url: () => location.host, restart: () => globalThis.restartK1() }));

globalThis.runFlow = async (name) => {
	await collected.before();
	try {
		await collected.flows.get(name)?.();
	} finally {
		await collected.after();
	}
};
