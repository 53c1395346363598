import fc from "fast-check";
import { CLOSED } from "../../modules/websocket/endpoint.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { maskedFrame } from "../support/client-frames.js";
import { EchoEndpoint } from "../support/echo-endpoint.js";
import { fuzz } from "../support/fuzz-settings.js";
import { parseServerBytes, referenceAnswers } from "../support/reference-websocket.js";

const KEY = fc.uint8Array({ minLength: 4, maxLength: 4 });
const TEXT_BYTES = fc.string({ unit: "binary", maxLength: 12 }).map((text) => new TextEncoder().encode(text));
const PAYLOAD = fc.oneof(
	fc.uint8Array({ maxLength: 40 }),
	TEXT_BYTES,
	fc.uint8Array({ minLength: 120, maxLength: 300 }),
);

function join(parts: readonly Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}

/** Frames of one message, with pings and pongs in between. */
const MESSAGE = fc
	.record({
		opcode: fc.constantFrom(1, 2),
		parts: fc.array(fc.tuple(PAYLOAD, KEY, fc.option(fc.tuple(fc.constantFrom(0x89, 0x8a), KEY))), {
			minLength: 1,
			maxLength: 4,
		}),
	})
	.map(({ opcode, parts }) =>
		join(
			parts.flatMap(([payload, key, control], i) => {
				const fin = i === parts.length - 1 ? 0x80 : 0;
				const frame = maskedFrame(fin | (i === 0 ? opcode : 0), payload, key);
				return control === null ? [frame] : [maskedFrame(control[0], payload.slice(0, 125), control[1]), frame];
			}),
		),
	);

const CLOSE = fc
	.tuple(fc.oneof(fc.constantFrom(1000, 1005, 2999, 4000), fc.nat(0xffff)), TEXT_BYTES, KEY)
	.map(([code, reason, key]) => maskedFrame(0x88, join([Uint8Array.of(code >> 8, code), reason]), key));

/** A frame with anything in its first two bytes, and a length that may not be minimal. */
const ODD_FRAME = fc
	.tuple(fc.nat(255), fc.nat(255), fc.uint8Array({ maxLength: 20 }))
	.map(([first, second, rest]) => join([Uint8Array.of(first, second), rest]));

/** A frame whose length is at an edge, in any of the three forms that a length has. */
const EDGE_FRAME = fc
	.tuple(
		fc.constantFrom(0x82, 0x81, 0x02, 0x80, 0x89, 0x88),
		fc.constantFrom(0, 1, 125, 126, 127, 255, 256, 65_535, 65_536),
		fc.constantFrom(1, 2, 8),
		KEY,
	)
	.map(([first, length, size, key]) => {
		const digits = Buffer.alloc(8);
		digits.writeBigUInt64BE(BigInt(length));
		const second = size === 1 ? length & 0x7f : size === 2 ? 126 : 127;
		const extended = size === 1 ? new Uint8Array(0) : new Uint8Array(digits.subarray(8 - size));
		const payload = new Uint8Array(length > 300 ? 3 : length);
		return join([Uint8Array.of(first, 0x80 | second), extended, key, payload]);
	});

/** Mostly valid streams: some with an odd frame, some with a byte changed, some cut. */
const STREAM = fc
	.tuple(
		fc.array(
			fc.oneof(
				{ weight: 6, arbitrary: MESSAGE },
				{ weight: 1, arbitrary: CLOSE },
				{ weight: 1, arbitrary: ODD_FRAME },
				{ weight: 1, arbitrary: EDGE_FRAME },
			),
			{
				maxLength: 5,
			},
		),
		fc.option(fc.tuple(fc.nat(), fc.nat(255))),
		fc.option(fc.nat(), { freq: 3 }),
	)
	.map(([parts, change, cut]) => {
		const bytes = join(parts);
		if (change !== null && bytes.length > 0) bytes[change[0] % bytes.length] = change[1];
		return cut === null || bytes.length === 0 ? bytes : bytes.slice(0, cut % bytes.length);
	});

/** Sizes of reads, used over and over. */
const SPLIT = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });

/** Frames with few bytes in them or none, most of them whole binary messages. */
const SHORT_FRAMES = fc.array(
	fc
		.tuple(fc.constantFrom(0x82, 0x82, 0x82, 0x81, 0x02, 0x80, 0x89, 0x88), fc.uint8Array({ maxLength: 6 }), KEY)
		.map(([first, payload, key]) => maskedFrame(first, payload, key)),
	{ minLength: 1, maxLength: 8 },
);

/** What an echo does with a stream that comes in reads of these sizes. */
function run(stream: Uint8Array, split: readonly number[], blockSize: number, patient = false): EchoEndpoint {
	const echo = new EchoEndpoint(blockSize, Number.POSITIVE_INFINITY, split[0], patient);
	for (let at = 0, i = 0; at < stream.length; i++) {
		const end = Math.min(stream.length, at + split[i % split.length]);
		if (echo.receive(stream.subarray(at, end)) < end - at) break;
		at = end;
	}
	return echo;
}

describe("WebSocket, any stream", () => {
	it("split anywhere gives the same events and the same answers", () => {
		fuzz(
			"websocket-split",
			fc.property(STREAM, SPLIT, (stream, split) => {
				const whole = run(stream, [stream.length + 1], 64);
				const parts = run(stream, split, 64);
				deepEqual(parts.output, whole.output);
				deepEqual(parts.events, whole.events);
				equal(parts.endpoint.state, whole.endpoint.state);
			}),
		);
	});

	it("read with patience gives the same", () => {
		const same = (stream: Uint8Array, split: readonly number[], blockSize: number) => {
			const patient = run(stream, split, blockSize, true);
			const parts = run(stream, split, blockSize);
			deepEqual(patient.output, parts.output);
			deepEqual(patient.events, parts.events);
			equal(patient.endpoint.state, parts.endpoint.state);
			equal(patient.endpoint.wanted, parts.endpoint.wanted);
		};
		fuzz(
			"websocket-patience",
			fc.property(STREAM, SPLIT, (stream, split) => same(stream, split, 64)),
		);
		fuzz(
			"websocket-short-frames",
			fc.property(SHORT_FRAMES, SPLIT, fc.integer({ min: 1, max: 8 }), (frames, split, blockSize) => {
				const whole = frames.map(({ length }) => length);
				same(join(frames), whole, blockSize);
				same(join(frames), split, blockSize);
			}),
		);
	});

	it("byte by byte, at every offset", () => {
		fuzz(
			"websocket-offsets",
			fc.property(STREAM, (stream) => {
				const whole = run(stream, [stream.length + 1], 32);
				deepEqual(run(stream, [1], 32).output, whole.output);
				for (let at = 1; at < Math.min(stream.length, 30); at++) {
					deepEqual(run(stream, [at, stream.length], 32).output, whole.output);
				}
			}),
			1 / 5,
		);
	});

	it("is answered as the RFC says, whatever the block's size", () => {
		fuzz(
			"websocket-reference",
			fc.property(STREAM, SPLIT, fc.integer({ min: 1, max: 100 }), (stream, split, blockSize) => {
				const echo = run(stream, split, blockSize);
				deepEqual(parseServerBytes(echo.output), referenceAnswers(stream));
			}),
		);
	});

	it("never makes it throw, and is not read past the end", () => {
		fuzz(
			"websocket-noise",
			fc.property(fc.uint8Array({ maxLength: 400 }), SPLIT, (stream, split) => {
				const echo = run(stream, split, 16);
				if (echo.endpoint.state === CLOSED) {
					equal(echo.endpoint.wanted, 0);
					ok(echo.output.length > 0);
				}
			}),
		);
	});
});
