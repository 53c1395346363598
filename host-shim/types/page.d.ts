/** `host-shim/platform/page`: the built page, where it lies in flash. One file for each platform: docs/device.md, "Platform parts". */
declare module "host-shim/platform/page" {
	/**
	 * The file web/built/page.gz. On XS it is a buffer of the host's, of which nothing is in the machine's memory: it has a
	 * `byteLength`, natives read it, and JavaScript cannot look into it.
	 */
	export function openPage(): Uint8Array;
}
