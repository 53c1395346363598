/** `host-shim/platform/heap`: memory, now. One file for each platform: docs/device.md, "Platform parts". */
declare module "host-shim/platform/heap" {
	/** Bytes of the whole JavaScript heap, chunks and slots. */
	export function heapSize(): number;
	/** Bytes of it in use, garbage that is not collected yet included. */
	export function heapUsed(): number;
	/** Bytes that are free outside of it, for Wi-Fi and TCP; 0: not known on this platform. */
	export function systemFree(): number;
	/** Bytes of the largest block of those; 0: not known on this platform. */
	export function systemLargest(): number;
}
