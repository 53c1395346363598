/**
 * `embedded:storage/flash` for the SDK's simulator on Linux and macOS, where the SDK has none or one of another size: a file as large
 * as the K1's partition. It keeps what NOR flash keeps, and a write clears bits and sets none.
 */

import { File } from "file";
import config from "mc/config";

const SIZE = 0x4e0000;
const BLOCK_LENGTH = 4096;

function inside(offset: number, length: number): void {
	if (!(offset >= 0 && length >= 0 && offset + length <= SIZE)) throw new RangeError("outside the partition");
}

class Flash {
	readonly #file: File;

	constructor(path: string) {
		const fresh = !File.exists(path);
		this.#file = new File(path, true);
		if (fresh || this.#file.length !== SIZE) this.eraseBlock(0, SIZE / BLOCK_LENGTH);
	}

	read(buffer: Uint8Array, byteOffset: number): number {
		inside(byteOffset, buffer.length);
		if (buffer.length === 0) return 0;
		this.#file.position = byteOffset;
		buffer.set(new Uint8Array(this.#file.read(ArrayBuffer, buffer.length)));
		return buffer.length;
	}

	write(buffer: Uint8Array, byteOffset: number): void {
		inside(byteOffset, buffer.length);
		if (buffer.length === 0) return;
		const bytes = new Uint8Array(new ArrayBuffer(buffer.length));
		this.read(bytes, byteOffset);
		for (let i = 0; i < bytes.length; i++) bytes[i] &= buffer[i];
		this.#file.position = byteOffset;
		this.#file.write(bytes.buffer);
	}

	eraseBlock(start: number, end = start + 1): void {
		inside(start * BLOCK_LENGTH, (end - start) * BLOCK_LENGTH);
		const erased = new Uint8Array(new ArrayBuffer(BLOCK_LENGTH)).fill(0xff);
		this.#file.position = start * BLOCK_LENGTH;
		for (let block = start; block < end; block++) this.#file.write(erased.buffer);
	}

	status(): { size: number; blocks: number; blockLength: number } {
		return { size: SIZE, blocks: SIZE / BLOCK_LENGTH, blockLength: BLOCK_LENGTH };
	}

	close(): void {
		this.#file.close();
	}
}

export default Object.freeze({
	/** The file `prism-k1-NAME.bin` in the configuration's `flashFolder`, or in the SDK's own folder for files. */
	open(options: { path: string }): Flash {
		const { flashFolder, file } = config as { flashFolder?: string; file?: { root: string } };
		return new Flash(`${flashFolder || file?.root || "/tmp/"}prism-k1-${options.path}.bin`);
	},
});
