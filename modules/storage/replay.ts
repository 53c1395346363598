/** Reading a journal area back at start. Writes nothing, and takes any bytes: what is not whole ends the reading. */

import type { AreaHeader } from "./area-header.js";
import { type Directory, UNCHECKED } from "./directory.js";
import { AREA_HEADER_LENGTH } from "./geometry.js";
import type { Partition } from "./partition.js";
import { DELETE, type JournalRecord } from "./record.js";
import { END, type Sectors, UNKNOWN, USED } from "./sectors.js";

export interface ReplayEnd {
	/** Where the first record that is not whole starts, from the area's start. */
	readonly tail: number;
	/** Sequence number of the last record. */
	readonly sequence: number;
	/** The snapshot is whole, and the area was opened for good: its header is marked, or changes were appended to it. */
	readonly opened: boolean;
	/** `opened`, the last record is marked, and nothing but blank flash follows it: appending may go on there. */
	readonly settled: boolean;
}

/** Empties directory and sectors and fills them from the area at byte `offset`, whose header has been parsed. */
export function replay(
	partition: Partition,
	offset: number,
	header: AreaHeader,
	record: JournalRecord,
	directory: Directory,
	sectors: Sectors,
): ReplayEnd {
	const { areaLength } = partition.geometry;
	const snapshotEnd = AREA_HEADER_LENGTH + header.snapshotLength;
	directory.clear();
	sectors.clear();
	sectors.pointer = header.pointer;
	sectors.turn = header.turn;
	let { sequence, marked } = header;
	let tail = AREA_HEADER_LENGTH;
	for (;;) {
		const available = Math.min(record.bytes.length, areaLength - tail);
		partition.read(
			available === record.bytes.length ? record.bytes : record.bytes.subarray(0, available),
			offset + tail,
		);
		if (!record.parse(header.generation, available)) break;
		const appended = tail >= snapshotEnd;
		if (appended ? record.sequence !== sequence + 1 : record.sequence > header.sequence) break;
		if (!(record.type === DELETE ? applyDelete(record, directory, sectors) : applyPut(record, directory, sectors)))
			break;
		tail += record.length;
		if (appended) {
			sequence = record.sequence;
			marked = record.marked;
			if (record.type !== DELETE) restorePointer(record, sectors);
		}
	}
	const opened = tail >= snapshotEnd && (header.marked || tail > snapshotEnd);
	const settled = opened && marked && partition.blank(offset + tail, offset + areaLength);
	return { tail, sequence, opened, settled };
}

function restorePointer(record: JournalRecord, sectors: Sectors): void {
	sectors.pointer = (record.sector(record.sectors - 1) + 1) % sectors.count;
	sectors.turn = record.turn;
}

function applyDelete(record: JournalRecord, directory: Directory, sectors: Sectors): boolean {
	const slot = directory.findSequence(record.target);
	if (slot < 0) return false;
	releaseChain(directory.heads[slot], sectors);
	directory.remove(slot);
	return true;
}

function applyPut(record: JournalRecord, directory: Directory, sectors: Sectors): boolean {
	const position = directory.search(record.bytes, record.nameStart, record.nameEnd);
	if (position < 0 && directory.count === directory.order.length) return false;
	if (!takeChain(record, sectors)) return false;
	let slot: number;
	if (position >= 0) {
		slot = directory.order[position];
		releaseChain(directory.heads[slot], sectors);
	} else {
		slot = directory.insert(position, record.bytes, record.nameStart, record.nameEnd);
	}
	directory.sizes[slot] = record.size;
	directory.crcs[slot] = record.crc;
	directory.sequences[slot] = record.sequence;
	directory.turns[slot] = record.turn;
	directory.heads[slot] = record.sector(0);
	directory.checked[slot] = UNCHECKED;
	return true;
}

/** Marks the record's sectors as used and chains them; false, and all as before, when one is out of range or taken. */
function takeChain(record: JournalRecord, sectors: Sectors): boolean {
	let last = END;
	for (let i = 0; i < record.sectors; i++) {
		const sector = record.sector(i);
		if (sector >= sectors.count || sectors.states[sector] === USED) {
			if (last !== END) releaseChain(record.sector(0), sectors);
			return false;
		}
		sectors.set(sector, USED);
		if (last !== END) sectors.next[last] = sector;
		sectors.next[sector] = END;
		last = sector;
	}
	return true;
}

/** As `Sectors.freeChain`, but what these sectors hold now is not known. */
function releaseChain(head: number, sectors: Sectors): void {
	for (let sector = head; sector !== END; sector = sectors.next[sector]) sectors.set(sector, UNKNOWN);
}
