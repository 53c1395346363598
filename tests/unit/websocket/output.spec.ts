import { Output } from "../../../modules/websocket/output.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { latin1 } from "../../support/latin1.js";
import { written } from "../../support/written.js";

describe("output", () => {
	it("is written in pieces that fit, the long range first", () => {
		for (let room = 1; room < 9; room++) {
			const output = new Output(new Uint8Array(8));
			equal(output.queue(latin1("..long.."), 2, 6), true);
			equal(output.append(latin1("short"), 0, 5), true);
			deepEqual(written(output, room), latin1("longshort"));
		}
	});

	it("goes on writing as long as there is room", () => {
		const output = new Output(new Uint8Array(8));
		output.queue(latin1("long"), 0, 4);
		output.append(latin1("short"), 0, 5);
		const sizes: number[] = [];
		let room = 20;
		const left = output.write(
			{
				write(view) {
					sizes.push(view.length);
					room -= view.length;
					return room;
				},
			},
			room,
		);
		deepEqual(sizes, [4, 5]);
		equal(left, 11);
		equal(output.pending, false);
	});

	it("writes nothing without room", () => {
		const output = new Output(new Uint8Array(8));
		output.append(latin1("a"), 0, 1);
		equal(output.write({ write: () => 5 }, 0), 0);
		equal(output.pending, true);
	});

	it("has nothing pending after empty ranges", () => {
		const output = new Output(new Uint8Array(8));
		equal(output.queue(latin1("a"), 1, 1), true);
		equal(output.append(latin1("a"), 1, 1), true);
		equal(output.pending, false);
	});

	it("takes what fits its small buffer, and all of that again when it is written", () => {
		const output = new Output(new Uint8Array(4));
		equal(output.append(latin1("abc"), 0, 3), true);
		equal(output.append(latin1("de"), 0, 2), false);
		deepEqual(written(output), latin1("abc"));
		equal(output.append(latin1("defg"), 0, 4), true);
		output.reset();
		equal(output.pending, false);
	});

	it("takes no second range while anything is pending", () => {
		const output = new Output(new Uint8Array(8));
		output.queue(latin1("one"), 0, 3);
		equal(output.queue(latin1("two"), 0, 3), false);
		deepEqual(written(output), latin1("one"));
		output.append(latin1("short"), 0, 5);
		equal(output.queue(latin1("two"), 0, 3), false);
		deepEqual(written(output), latin1("short"));
		equal(output.queue(latin1("two"), 0, 3), true);
		deepEqual(written(output), latin1("two"));
	});

	it("copies a part of short bytes behind another, up to the buffer's end", () => {
		const output = new Output(new Uint8Array(5));
		equal(output.append(latin1("_ab_"), 1, 3), true);
		equal(output.append(latin1("_cde_"), 1, 4), true);
		equal(output.append(latin1("f"), 0, 1), false);
		deepEqual(written(output), latin1("abcde"));
	});

	it("counts what was written, in one go or not, of one connection after another", () => {
		const output = new Output(new Uint8Array(8));
		equal(output.written, 0);
		output.queue(latin1("..long.."), 2, 6);
		written(output);
		equal(output.written, 4);
		output.queue(latin1("..long.."), 2, 6);
		output.append(latin1("short"), 0, 5);
		equal(output.written, 4);
		written(output, 3);
		equal(output.written, 13);
		output.queue(latin1("..long.."), 2, 6);
		output.reset();
		equal(output.written, 13);
	});
});

describe("output of one answer after another", () => {
	const output = new Output(new Uint8Array(8));
	let views: Uint8Array[];
	let next: number | undefined;
	const sink = {
		write(view: Uint8Array): number | undefined {
			views.push(view);
			return next;
		},
	};

	beforeEach(() => {
		output.reset();
		views = [];
		next = 100;
	});

	/** Writes an answer; returns the view of it that the sink got, the only one. */
	function answer(bytes: Uint8Array, start: number, end: number, room = end - start): Uint8Array {
		views = [];
		ok(output.queue(bytes, start, end));
		equal(output.write(sink, room), next);
		equal(output.pending, false);
		equal(views.length, 1);
		return views[0];
	}

	const bytes = latin1("..answer..");

	it("writes each in one go, where there is just the room for it", () => {
		deepEqual(answer(bytes, 2, 8), latin1("answer"));
		next = 0;
		deepEqual(answer(bytes, 3, 8), latin1("nswer"));
		next = undefined;
		deepEqual(answer(bytes, 2, 8), latin1("answer"));
	});

	it("makes no new view for one that lies where the last one did", () => {
		const view = answer(bytes, 2, 8);
		equal(answer(bytes, 2, 8), view);
		bytes[2] = 0x41;
		equal(answer(bytes, 2, 8, 100), view);
		deepEqual(view, latin1("Answer"));
		bytes[2] = 0x61;
	});

	it("makes one for one that starts or ends elsewhere", () => {
		deepEqual(answer(bytes, 2, 8), latin1("answer"));
		deepEqual(answer(bytes, 4, 8), latin1("swer"));
		deepEqual(answer(bytes, 4, 6), latin1("sw"));
		deepEqual(answer(bytes, 0, 6), latin1("..answ"));
	});

	it("makes one for the same place in other bytes", () => {
		answer(bytes, 2, 8);
		deepEqual(answer(latin1("..other!.."), 2, 8), latin1("other!"));
		deepEqual(answer(bytes, 2, 8), latin1("answer"));
	});

	it("forgets the view with the connection", () => {
		const view = answer(bytes, 2, 8);
		output.reset();
		ok(answer(bytes, 2, 8) !== view);
	});

	it("writes one in parts where there is a byte less room, and the next in one go again", () => {
		const view = answer(bytes, 2, 8);
		views = [];
		output.queue(bytes, 2, 8);
		next = 0;
		equal(output.write(sink, 5), 0);
		equal(output.pending, true);
		equal(output.write(sink, 1), 0);
		deepEqual(views, [latin1("answe"), latin1("r")]);
		deepEqual(answer(bytes, 2, 8), view);
	});

	it("writes the rest in one go, where there is room for it by then", () => {
		output.queue(bytes, 2, 8);
		next = 0;
		output.write(sink, 2);
		next = 7;
		equal(output.write(sink, 4), 7);
		deepEqual(views, [latin1("an"), latin1("swer")]);
		equal(output.pending, false);
	});

	it("gives the sink nothing where nothing is pending", () => {
		equal(output.write(sink, 5), 5);
		answer(bytes, 2, 8);
		equal(output.write(sink, 5), 5);
		equal(views.length, 1);
		output.queue(bytes, 4, 4);
		equal(output.write(sink, 5), 5);
		equal(views.length, 1);
	});

	it("writes an answer and what is behind it as two", () => {
		const view = answer(bytes, 2, 8);
		views = [];
		output.queue(bytes, 2, 8);
		output.append(latin1("short"), 0, 5);
		equal(output.write(sink, 11), 100);
		deepEqual(views, [latin1("answer"), latin1("short")]);
		deepEqual(answer(bytes, 2, 8), view);
	});
});
