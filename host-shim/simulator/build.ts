import { fileURLToPath } from "node:url";
import { buildWhole } from "../whole-files.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where each platform module is on Node. */
const alias = {
	"embedded:io/socket/tcp": "./host-shim/node/tcp.ts",
	"embedded:io/socket/listener": "./host-shim/node/listener.ts",
	"embedded:storage/flash": "./host-shim/node/flash.ts",
	"host-shim/platform/heap": "./host-shim/node/heap.ts",
	"host-shim/platform/leds": "./host-shim/node/leds.ts",
	"host-shim/platform/page": "./host-shim/node/page.ts",
	"host-shim/platform/network": "./host-shim/sdk/network.ts",
	"host-shim/platform/system": "./host-shim/sdk/system.ts",
	"mc/config": "./host-shim/node/config.ts",
	time: "./host-shim/node/time.ts",
	timer: "./host-shim/node/timer.ts",
};

/**
 * Bundles the firmware, or another main module, for Node, with the node shims behind the platform modules. Returns the bundle's path.
 * @param name of the bundle's file
 */
export async function buildForNode(main = "main.ts", name = "main.mjs"): Promise<string> {
	const outfile = `${root}build/node/${name}`;
	await buildWhole({
		absWorkingDir: root,
		entryPoints: [main],
		outfile,
		alias,
		inject: ["host-shim/node/trace.ts"],
		bundle: true,
		format: "esm",
		platform: "node",
		target: "node20",
		sourcemap: true,
		logLevel: "error",
	});
	return outfile;
}
