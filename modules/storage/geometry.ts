/** Where things are on the partition: two journal areas first, then the data sectors. All lengths are bytes. */

import { BLOCK_SIZE } from "../core/memory-pool.js";
import type { FlashPort } from "./flash-port.js";

/** Most patterns that a store holds. */
export const CAPACITY = 64;
/** Longest name. */
export const NAME_LENGTH = 32;
/** Largest pattern: 512 KiB. */
export const MAX_PATTERN_SIZE = 524_288;

/** What stands in a journal area before its first record; docs/pattern-store.md has the layout. */
export const AREA_START = 96;
/** The same in format 1. */
export const AREA_START_1 = 32;
/** A PUT record without its sector list and name, and with the longest padding and the mark. */
export const PUT_FIXED_LENGTH = 24;
/** Most sectors whose wear one WEAR record tells. */
export const WEAR_PIECE = 128;

/** A SETTINGS, an ERASE and a LEASE record. */
const SINGLE_RECORDS = 52 + 20 + 32;
/** What an area has room for behind the longest snapshot and one record. */
const FEW_RECORDS = 128;
/** A WEAR record without its bytes. */
const WEAR_FIXED_LENGTH = 20;

/**
 * One journal area for every 78 sectors of the partition, which is 64 KiB each on the K1: as many bytes as keep the
 * journal's wear at that of the data even where every pattern is one sector long (docs/pattern-store.md, "Wear").
 */
const SECTORS_PER_AREA_SECTOR = 78;

export class Geometry {
	/** Bytes in a sector, the smallest thing that can be erased. */
	readonly sectorLength: number;
	/** Sectors in one journal area. Area 0 starts at sector 0, area 1 right behind it. */
	readonly areaSectors: number;
	/** Bytes in one journal area. */
	readonly areaLength: number;
	/** Byte offset of data sector 0. */
	readonly dataOffset: number;
	/** Sector number, as `eraseBlock` counts, of data sector 0. */
	readonly dataStart: number;
	/** Sectors that hold patterns; sector numbers in records and in RAM count from the first of them. */
	readonly dataSectors: number;
	/** Longest journal record that this partition can need, a multiple of 4. */
	readonly maxRecord: number;

	/** @throws Error for a partition that is too small, or whose sectors are larger than a pool block */
	constructor(flash: FlashPort) {
		const { blocks, blockLength } = flash.status();
		if (blockLength > BLOCK_SIZE) throw new Error(`flash sectors of ${blockLength} bytes are over ${BLOCK_SIZE}`);
		const longestList = Math.min(blocks, Math.ceil(MAX_PATTERN_SIZE / blockLength));
		const longestPut = PUT_FIXED_LENGTH + 2 * longestList + NAME_LENGTH + 4;
		this.maxRecord = Math.max((longestPut + 3) & ~3, WEAR_FIXED_LENGTH + WEAR_PIECE);
		const allLive = CAPACITY * (PUT_FIXED_LENGTH + NAME_LENGTH + 4) + 2 * blocks;
		const wear = blocks + WEAR_FIXED_LENGTH * Math.ceil(blocks / WEAR_PIECE);
		const snapshot = AREA_START + allLive + wear + SINGLE_RECORDS;
		const least = Math.ceil((snapshot + this.maxRecord + FEW_RECORDS) / blockLength);
		this.sectorLength = blockLength;
		this.areaSectors = Math.max(least, Math.floor(blocks / SECTORS_PER_AREA_SECTOR));
		this.areaLength = this.areaSectors * blockLength;
		this.dataStart = 2 * this.areaSectors;
		this.dataOffset = this.dataStart * blockLength;
		this.dataSectors = blocks - this.dataStart;
		if (this.dataSectors < 1) throw new Error(`flash of ${blocks} sectors is too small for a pattern store`);
	}
}
