/** `host-shim/platform/page` here: what is in the page is other specs' business. */
export function openPage(): Uint8Array {
	return new Uint8Array([0x1f, 0x8b]);
}
