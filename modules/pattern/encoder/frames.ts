import { RUNS, XOR } from "../decoder-state.js";

/** The longest run that a byte can say. */
const LONGEST_RUN = 127;

/**
 * Writes one frame of palette indices as small as it can be: as it is, in run lengths, or in run lengths of what differs
 * from the frame before.
 * @param before the frame before, or nothing where this one has to stand alone
 * @returns flags, segment length and segment
 */
export function encodeFrame(indices: Uint8Array, before: Uint8Array | undefined): Uint8Array {
	let flags = RUNS;
	let segment = runLengths(indices);
	if (before !== undefined) {
		const different = runLengths(indices.map((index, led) => index ^ before[led]));
		if (different.length < segment.length) {
			flags |= XOR;
			segment = different;
		}
	}
	if (segment.length >= indices.length) {
		flags = 0;
		segment = indices;
	}
	const bytes = new Uint8Array(3 + segment.length);
	bytes[0] = flags;
	bytes[1] = segment.length;
	bytes[2] = segment.length >> 8;
	bytes.set(segment, 3);
	return bytes;
}

/** Two and more of the same value are a run; one is itself, as it is below 0x80. */
function runLengths(values: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(2 * values.length);
	let end = 0;
	for (let at = 0; at < values.length; ) {
		let next = at + 1;
		while (next < values.length && values[next] === values[at] && next - at < LONGEST_RUN) next++;
		if (next - at > 1) bytes[end++] = 0x80 | (next - at);
		bytes[end++] = values[at];
		at = next;
	}
	return bytes.slice(0, end);
}
