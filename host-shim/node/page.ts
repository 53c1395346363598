/** `host-shim/platform/page` on Node. The firmware is bundled into build/node, two folders below the project's. */
import { readFileSync } from "node:fs";

export function openPage(): Uint8Array {
	return new Uint8Array(readFileSync(new URL("../../web/built/page.gz", import.meta.url)));
}
