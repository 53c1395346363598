/** `file` of the Moddable SDK, for its simulator on Linux and macOS, as far as host-shim/sdk uses it. */
declare module "file" {
	export class File {
		/** @throws when the file is not there and `write` is not set */
		constructor(path: string, write?: boolean);
		/** Reads on from `position`. */
		read(type: typeof ArrayBuffer, bytes: number): ArrayBuffer;
		/** Writes on from `position`. */
		write(...values: ArrayBuffer[]): void;
		close(): void;
		readonly length: number;
		position: number;
		static exists(path: string): boolean;
	}
}
