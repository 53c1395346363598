/** What the specs of the store share: a small flash, names, patterns, and one-call uploads and reads. */

import { type Refusal, RefusedError } from "../../modules/core/errors.js";
import { MemoryPool } from "../../modules/core/memory-pool.js";
import type { FlashPort } from "../../modules/storage/flash-port.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import type { Upload } from "../../modules/storage/upload.js";
import { NorFlash } from "./nor-flash.js";

/** Bytes in a sector of the small flash. */
export const SECTOR = 512;

/** A flash of 32 KB: some 40 data sectors of 512 bytes. */
export function smallFlash(sectors = 64): NorFlash {
	return new NorFlash({ sectors, sectorLength: SECTOR });
}

/** A store as at boot, on whatever the flash holds. */
export function mount(flash: FlashPort, requirePrism = false): PatternStore {
	return new PatternStore(flash, new MemoryPool(2), { cacheBlocks: 2, requirePrism });
}

/** ASCII text as bytes. */
export function ascii(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}

/** A pattern of so many bytes, different for every seed. */
export function pattern(size: number, seed: number): Uint8Array {
	const bytes = new Uint8Array(size);
	let state = (seed * 2654435761 + 12345) | 1;
	for (let i = 0; i < size; i++) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		bytes[i] = state;
	}
	return bytes;
}

/** Uploads in chunks of 100 bytes and commits. */
export function upload(writer: Upload, name: string, bytes: Uint8Array, chunk = 100): void {
	const nameBytes = ascii(name);
	writer.begin(nameBytes, 0, nameBytes.length, bytes.length, -1);
	append(writer, bytes, chunk);
	writer.validate();
	writer.commit();
}

/** Uploads so many sectors, all alike, without holding more than one of them. */
export function uploadSectors(writer: Upload, name: string, sectors: number, seed: number): void {
	const sector = pattern(SECTOR, seed);
	begin(writer, name, sectors * SECTOR);
	for (let i = 0; i < sectors; i++) writer.append(sector, 0, SECTOR);
	writer.validate();
	writer.commit();
}

/** Whether a pattern is what `uploadSectors` stored, sector by sector. */
export function hasSectors(store: PatternStore, name: string, sectors: number, seed: number): boolean {
	const reader = store.open(ascii(name), 0, name.length);
	if (!reader || reader.size !== sectors * SECTOR) return false;
	const sector = pattern(SECTOR, seed);
	let same = true;
	for (let i = 0; i < sectors; i++) {
		reader.block(i * SECTOR);
		for (let at = 0; at < SECTOR; at++) if (reader.view[at] !== sector[at]) same = false;
	}
	reader.close();
	return same;
}

/** Appends in chunks. */
export function append(writer: Upload, bytes: Uint8Array, chunk = 100): void {
	for (let at = 0; at < bytes.length; at += chunk) writer.append(bytes, at, Math.min(at + chunk, bytes.length));
}

/** Starts an upload. */
export function begin(writer: Upload, name: string, size = -1, crc = -1): void {
	const bytes = ascii(name);
	writer.begin(bytes, 0, bytes.length, size, crc);
}

/** Deletes. */
export function remove(store: PatternStore, name: string): void {
	const bytes = ascii(name);
	store.remove(bytes, 0, bytes.length);
}

/** The bytes of a stored pattern, or undefined. Throws when they are damaged. */
export function read(store: PatternStore, name: string): Uint8Array | undefined {
	const nameBytes = ascii(name);
	const reader = store.open(nameBytes, 0, nameBytes.length);
	if (!reader) return undefined;
	const bytes = new Uint8Array(reader.size);
	for (let at = 0; at < reader.size; at += reader.end - reader.start) {
		reader.block(at);
		bytes.set(reader.view.subarray(reader.start, reader.end), at);
	}
	let verdict = reader.verifyStep();
	while (verdict === "more") verdict = reader.verifyStep();
	reader.close();
	if (verdict !== "ok") throw new Error(`${name} is damaged`);
	return bytes;
}

/** Names of what is stored, in the list's order. */
export function names(store: PatternStore): string[] {
	const list = new Uint8Array(2700);
	const end = store.writeList(list, 0);
	const found: string[] = [];
	for (let at = 1; at < end; ) {
		const nameEnd = at + 1 + list[at];
		let name = "";
		for (let i = at + 1; i < nameEnd; i++) name += String.fromCharCode(list[i]);
		found.push(name);
		at = nameEnd + 8;
	}
	return found;
}

/** Lets the store do all of its idle work. @returns steps taken */
export function rest(store: PatternStore): number {
	let steps = 0;
	while (store.tidy()) steps++;
	return steps;
}

/** A check for `throws`: refused for this reason. */
export function refused(refusal: Refusal): (error: unknown) => boolean {
	return (error) => error instanceof RefusedError && error.refusal === refusal;
}
