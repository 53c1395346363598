import { crc32 } from "node:zlib";
import fc from "fast-check";
import type { Session } from "../../modules/transfer/session.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { fuzz } from "../support/fuzz-settings.js";
import { hex, toHex } from "../support/hex.js";
import { LampBench } from "../support/lamp.js";
import { DROPPING, type Expected, IDLE, ModelK1, type ModelSession, RECEIVING } from "../support/protocol-model.js";
import { read } from "../support/store.js";
import { Bench, codeOf, OK } from "../support/transfer.js";

/** One thing that happens: whose message, or what else. Plain data, so that it can be kept as a regression. */
type Step =
	| { who: number; message: Uint8Array }
	| { who: number; upload: string; size: number; chunk: number; announce: number; lie: boolean }
	| { who: number; event: "timeout" | "gone" | "too long" };

function frame(type: number, value: Uint8Array): Uint8Array {
	return new Uint8Array(Buffer.concat([Uint8Array.of(type, value.length >> 8, value.length & 0xff), value]));
}

const WHO = fc.nat(1);
const NAME = fc.constantFrom("a", "b", "wave 1", "x.prism");
const TYPE = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom(0x10, 0x11, 0x11, 0x12, 0x20, 0x21, 0x22, 0x22, 0x23, 0x30) },
	{ weight: 1, arbitrary: fc.constantFrom(0x40, 0x00) },
	{ weight: 1, arbitrary: fc.nat(255) },
);
const U32 = fc.oneof(fc.nat(300), fc.constantFrom(0, 524_288, 524_289, 0xffffffff));
const VALUE = fc.oneof(
	fc.constant(new Uint8Array(0)),
	NAME.map((name) => new Uint8Array(Buffer.from(name))),
	fc.tuple(NAME, U32, fc.option(U32)).map(([name, size, crc]) => {
		const numbers = Buffer.alloc(crc === null ? 5 : 9);
		numbers.writeUInt32BE(size, 1);
		if (crc !== null) numbers.writeUInt32BE(crc, 5);
		return new Uint8Array(Buffer.concat([Buffer.from(name), numbers]));
	}),
	// What CONTROL takes: a command and what may be its arguments.
	fc
		.tuple(fc.constantFrom(0, 1, 2, 3, 4, 0x10, 0x11, 0x20), fc.uint8Array({ maxLength: 4 }))
		.map(([command, rest]) => Uint8Array.of(command, ...rest)),
	fc.tuple(fc.constantFrom(0x11, 0x01), NAME).map(([command, name]) => Uint8Array.of(command, ...Buffer.from(name))),
	fc.constant(Uint8Array.of(0x11, 1, 0, 0, 0)),
	fc.uint8Array({ maxLength: 40 }),
);
const MESSAGE = fc.oneof(
	{ weight: 9, arbitrary: fc.tuple(TYPE, VALUE).map(([type, value]) => frame(type, value)) },
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
);
const STEP: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ who: WHO, message: MESSAGE }) },
	{
		weight: 3,
		arbitrary: fc.record({
			who: WHO,
			upload: NAME,
			size: fc.oneof(fc.nat(60), fc.nat(900)),
			chunk: fc.integer({ min: 20, max: 600 }),
			// Nothing, the size, or the size and the CRC-32.
			announce: fc.nat(2),
			lie: fc.boolean(),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ who: WHO, event: fc.constantFrom("timeout", "gone", "too long") }) },
);

/** The messages of an upload; one that lies says another size or CRC-32 than it has. */
function* messagesOf(step: Extract<Step, { upload: string }>): Generator<Uint8Array> {
	const pattern = Buffer.alloc(step.size, step.upload.length + step.size);
	const numbers = Buffer.alloc([0, 5, 9][step.announce]);
	if (step.announce > 0) numbers.writeUInt32BE(step.size + (step.lie && step.announce === 1 ? 1 : 0), 1);
	if (step.announce > 1) numbers.writeUInt32BE((crc32(pattern) ^ (step.lie ? 1 : 0)) >>> 0, 5);
	yield frame(0x10, Buffer.concat([Buffer.from(step.upload), numbers]));
	for (let at = 0; at < step.size; at += step.chunk) yield frame(0x11, pattern.subarray(at, at + step.chunk));
	yield frame(0x12, new Uint8Array(0));
}

/** A K1 whose sessions have a lamp to command. */
function withLamp(bench: Bench): Bench {
	bench.lamp = new LampBench(bench.flash, false, undefined, bench.store).lamp;
	return bench;
}

/** What the model expects and what the firmware does, side by side. */
class Pair {
	readonly bench = withLamp(new Bench());
	readonly k1 = new ModelK1(this.bench.store.sizeBytes);
	readonly sessions = [this.bench.session(), this.bench.session()];

	run(step: Step): void {
		const session = this.sessions[step.who];
		const model = this.k1.sessions[step.who];
		this.bench.now += 20;
		if ("message" in step) this.#say(session, model, step.message);
		else if ("upload" in step) {
			for (const message of messagesOf(step)) this.#say(session, model, message);
		} else this.#happen(session, model, step.event);
	}

	#say(session: Session, model: ModelSession, message: Uint8Array): void {
		const expected = model.receive(Buffer.from(message));
		const answer = this.bench.say(session, message);
		const what = `${toHex(message.subarray(0, 24))} is answered ${answer.slice(0, 40)}, not ${expected}`;
		ok(this.#fits(expected, answer, model), what);
		equal(session.state, model.state, what);
	}

	#fits(expected: Expected, answer: string, model: ModelSession): boolean {
		if (expected === "") return answer === "";
		if (expected === "ok") return answer === OK;
		if (typeof expected === "number") return codeOf(answer) === expected && hex(answer).length <= 104;
		if (expected === "playback") return answer.startsWith("31") && hex(answer).length >= 34;
		if (expected === "list") return answer === toHex(frame(0x21, this.k1.list()));
		const record = Buffer.from(hex(answer)).subarray(3);
		return (
			record.length === 72 &&
			record[2] === (model.state === DROPPING ? IDLE : model.state) &&
			record.readUInt16BE(44) === this.k1.stored.size &&
			record.readUInt32BE(64) === (model.state === RECEIVING ? model.received : 0)
		);
	}

	#happen(session: Session, model: ModelSession, event: "timeout" | "gone" | "too long"): void {
		if (event === "gone") {
			session.close();
			session.open("10.0.0.1");
			model.close();
		} else if (event === "timeout") {
			this.bench.now += 10_000;
			// As the server does at its tick, for both.
			for (const [i, other] of this.sessions.entries()) {
				const overdue = other.overdue(this.bench.now) !== undefined;
				equal(overdue, this.k1.sessions[i].state === RECEIVING);
				if (overdue) equal(other.refuse(0), this.k1.sessions[i].refuse(0));
			}
		} else equal(session.refuse(0x11), model.refuse(0x11));
		equal(session.state, model.state);
	}

	/** What is stored is what should be, byte for byte, and nothing is left of what was given up. */
	check(): void {
		for (const [name, pattern] of this.k1.stored) {
			deepEqual(read(this.bench.store, name), new Uint8Array(pattern));
		}
		equal(this.bench.store.count, this.k1.stored.size);
		for (const [i, session] of this.sessions.entries()) {
			session.close();
			this.k1.sessions[i].close();
		}
		equal(this.bench.counters.uploads, 0);
		equal(this.bench.flash.violation, "");
		const sectors = [...this.k1.stored.values()].reduce((sum, { length }) => sum + Math.ceil(length / 512), 0);
		equal(this.bench.store.usedBytes, sectors * 512);
	}
}

describe("two sessions, any messages", () => {
	it("are answered as docs/protocol.md says, and what is stored is what was acknowledged", () => {
		fuzz(
			"transfer-model",
			fc.property(fc.array(STEP, { minLength: 1, maxLength: 25 }), (steps) => {
				const pair = new Pair();
				for (const step of steps) pair.run(step);
				pair.check();
			}),
		);
	});

	it("never make a session throw", () => {
		fuzz(
			"transfer-noise",
			fc.property(fc.array(fc.tuple(WHO, fc.uint8Array({ maxLength: 60 })), { maxLength: 12 }), (messages) => {
				const bench = withLamp(new Bench());
				const sessions = [bench.session(), bench.session()];
				for (const [who, message] of messages) {
					const answer = bench.say(sessions[who], message);
					ok(answer === "" || answer.length >= 8);
				}
			}),
		);
	});
});
