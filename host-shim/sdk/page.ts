/** `host-shim/platform/page` in every build with the Moddable SDK, and on the XS host: a resource, which stays where it is in flash. */
import Resource from "Resource";

export function openPage(): Uint8Array {
	return new Resource("page.gz") as unknown as Uint8Array;
}
