import type { Output } from "../../modules/websocket/output.js";
import { ok } from "./assert.js";

/** Writes all that is pending, `room` bytes at a time; checks that no view is longer. */
export function written(output: Output, room = 1000): Uint8Array {
	const bytes: number[] = [];
	const sink = {
		write(view: Uint8Array): number {
			ok(view.length > 0 && view.length <= room);
			for (const byte of view) bytes.push(byte);
			return 0;
		},
	};
	while (output.pending) output.write(sink, room);
	return Uint8Array.from(bytes);
}
