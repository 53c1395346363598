/**
 * The raw flash partition that the store lives on, as `embedded:storage/flash` (ECMA-419) opens it: erased bytes are
 * 0xFF, a program can only clear bits, and only a whole sector can be erased.
 */
export interface FlashPort {
	/** Fills the view from the partition's byte `offset` on. @throws when the flash fails */
	read(view: Uint8Array, offset: number): unknown;
	/** Programs the view's bytes from the partition's byte `offset` on, any length. @throws when the flash fails */
	write(view: Uint8Array, offset: number): unknown;
	/** Erases the sectors from `start` up to, not including, `end`: 16 that start at a multiple of 16 in one go. @throws when the flash fails */
	eraseBlock(start: number, end: number): unknown;
	/** Bytes in the partition, sectors in it, and bytes in a sector. */
	status(): { size: number; blocks: number; blockLength: number };
}
