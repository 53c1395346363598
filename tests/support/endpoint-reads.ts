import type { Endpoint } from "../../modules/websocket/endpoint.js";
import { NONE } from "../../modules/websocket/events.js";
import { maskedFrame } from "./client-frames.js";
import { hex } from "./hex.js";

const KEY = hex("a1b2c3d4");

/** The views that bytes are read into, and the events that come of it. All of the bytes are there at once. */
export function read(endpoint: Endpoint, bytes: Uint8Array, patient = true): { views: Uint8Array[]; events: number[] } {
	const views: Uint8Array[] = [];
	const events: number[] = [];
	for (let i = 0; i < bytes.length && endpoint.wanted > 0; ) {
		const view = endpoint.next(bytes.length - i, patient) ?? endpoint.next(bytes.length - i);
		view.set(bytes.subarray(i, i + view.length));
		i += view.length;
		views.push(view);
		for (let event = endpoint.received(view.length); event !== NONE; event = endpoint.absorb()) events.push(event);
	}
	return { views, events };
}

/** Lengths of the views that these bytes are read into. */
export function lengths(endpoint: Endpoint, bytes: Uint8Array, patient = true): number[] {
	return read(endpoint, bytes, patient).views.map((view) => view.length);
}

/** A masked frame of `counted` bytes: a whole binary message unless told otherwise. */
export function message(length: number, first = 0x82): Uint8Array {
	return maskedFrame(first, counted(length), KEY);
}

/** So many bytes from this number on: each is one more than the one before, and every 256th two, so that no two pieces are alike. */
export function counted(length: number, from = 0): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let i = 0; i < length; i++) bytes[i] = from + i + ((from + i) >> 8);
	return bytes;
}
