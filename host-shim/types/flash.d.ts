/** `embedded:storage/flash`: a partition of NOR flash. Erased bytes are 0xFF; a write can only clear bits. */
declare module "embedded:storage/flash" {
	export interface FlashStatus {
		/** Bytes. */
		size: number;
		/** How many blocks (sectors) that is. */
		blocks: number;
		/** Bytes in a block: what one erase takes. */
		blockLength: number;
	}

	export interface Flash {
		/** Fills the view from `byteOffset` on; returns its length. @throws for a range outside the partition, or when the flash fails */
		read(buffer: Uint8Array, byteOffset: number): number;
		/** Writes the view at `byteOffset`. @throws for a range outside the partition, or when the flash fails */
		write(buffer: Uint8Array, byteOffset: number): void;
		/** Erases the blocks `start` to `end`, end exclusive. @throws for a range outside the partition, or when the flash fails */
		eraseBlock(start: number, end?: number): void;
		status(): FlashStatus;
		close(): void;
	}

	const FlashStorage: {
		/** Opens the partition of that name. @throws when there is none */
		open(options: { path: string; mode?: "r" | "r+" }): Flash;
	};
	export default FlashStorage;
}
