import { Directory } from "../../../modules/storage/directory.js";
import { SavedSettings } from "../../../modules/storage/saved-settings.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { ascii } from "../../support/store.js";

/** Adds a pattern of this name, stored by the record of this sequence number. @returns its slot */
function add(directory: Directory, name: string, sequence: number): number {
	const bytes = ascii(name);
	const slot = directory.insert(directory.search(bytes, 0, bytes.length), bytes, 0, bytes.length);
	directory.sequences[slot] = sequence;
	return slot;
}

function find(directory: Directory, name: string): number {
	return directory.find(ascii(name), 0, name.length);
}

describe("pattern store: the directory", () => {
	it("finds patterns by name and by the record that stored them, and none that was removed", () => {
		const directory = new Directory();
		const slots = ["m", "z", "a", "ab"].map((name, i) => add(directory, name, 10 + i));
		deepEqual(
			["m", "z", "a", "ab", "b"].map((name) => find(directory, name)),
			[...slots, -1],
		);
		deepEqual(
			[10, 11, 12, 13, 14].map((sequence) => directory.findSequence(sequence)),
			[...slots, -1],
		);
		// The last one last: its place behind the others still names it.
		for (const name of ["a", "z"]) directory.remove(find(directory, name));
		deepEqual(
			[10, 11, 12, 13].map((sequence) => directory.findSequence(sequence)),
			[slots[0], -1, -1, slots[3]],
		);
		equal(find(directory, "a"), -1);
		deepEqual(Array.from(directory.order.subarray(0, directory.count)), [slots[3], slots[0]]);
	});

	it("has 64 slots, all of them again when it was cleared, and no 65th", () => {
		const directory = new Directory();
		for (let round = 0; round < 2; round++) {
			const slots = new Uint8Array(64);
			for (let i = 0; i < 64; i++) slots[add(directory, `p${i}`, i)]++;
			ok(slots.every((count) => count === 1));
			throws(
				() => add(directory, "late", 64),
				(error) => String(error).includes("directory overflow"),
			);
			directory.clear();
			equal(directory.count, 0);
			equal(find(directory, "p1"), -1);
		}
	});
});

describe("pattern store: settings that are cleared", () => {
	it("are those of a new K1", () => {
		const settings = new SavedSettings();
		settings.saved = true;
		settings.on = false;
		settings.brightness = 3;
		settings.gamma = 220;
		settings.setName(ascii("wave"), 0, 4);
		ok(settings.hasName(ascii("wave"), 0, 4));
		settings.clear();
		const { saved, on, brightness, gamma, nameLength } = settings;
		deepEqual([saved, on, brightness, gamma, nameLength], [false, true, 255, 100, 0]);
	});
});
