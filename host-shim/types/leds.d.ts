declare module "host-shim/platform/leds" {
	export interface LedsOptions {
		readonly pins: readonly [number, number];
	}
	export default class Leds {
		constructor(options: LedsOptions);
		send(pixels: Uint8Array): boolean;
		close(): void;
	}
}
