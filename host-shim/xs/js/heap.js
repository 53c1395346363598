// Figures of the pools this module itself is measured with. Slots and chunk bytes count what is in use or not yet
// collected; tests call `collect` first for what is really alive.
function figure(which) @ "xs_heap_figure"

export default class Heap {
	static collect() @ "xs_heap_collect"
	// Bytes in use, of chunks and slots together: a native by itself, as it is on the chip.
	static used() @ "xs_heap_used"
	static resetPeaks() @ "xs_heap_reset_peaks"
	static get slots() {
		return figure(0);
	}
	static get chunks() {
		return figure(1);
	}
	static get peakSlots() {
		return figure(2);
	}
	static get peakChunks() {
		return figure(3);
	}
	static get allSlots() {
		return figure(4);
	}
	static get allChunks() {
		return figure(5);
	}
	static get stack() {
		return figure(6);
	}
	static get keys() {
		return figure(7);
	}
	static get slotBytes() {
		return figure(8);
	}
	static get collections() {
		return figure(9);
	}
}
