import {
	CONTROL_INVALID,
	NO_UPLOAD,
	type Refusal,
	SHOW_INVALID,
	UNKNOWN_TYPE,
	UPLOAD_UNDER_WAY,
} from "../../../modules/core/errors.js";
import type { Session } from "../../../modules/transfer/session.js";
import {
	actionFor,
	COLUMN_TYPES,
	DROPPING,
	IDLE,
	RECEIVING,
	STATE_NAMES,
	STORING,
	VALIDATING,
} from "../../../modules/transfer/state-table.js";
import { equal, ok } from "../../support/assert.js";
import { LampBench } from "../../support/lamp.js";
import { Bench, OK, reasonOf, SILENCE } from "../../support/transfer.js";

const BEGIN = "10 0001 61";
const CHUNK = "11 0002 aabb";
const END = "12 0000";
const REMOVE = "20 0001 62";
const LIST = "21 0000";
const COMMAND = "22 0001 03";
const BAD_COMMAND = "22 0000";
const LIVE = "23 0005 0000 010203";
const BAD_LIVE = "23 0001 00";
const STATUS = "30 0000";
const ERROR = "40 0000";
const OTHER = "7f 0000";

/** Brings a session into the state; "b" is stored before, so that it can be deleted. */
function inState(bench: Bench, state: number): Session {
	const session = bench.session();
	for (const message of ["10 0001 62", CHUNK, END]) bench.say(session, message);
	if (state === RECEIVING || state === DROPPING) for (const message of [BEGIN, CHUNK]) bench.say(session, message);
	if (state === DROPPING) bench.say(session, OTHER);
	equal(session.state, state);
	return session;
}

interface Row {
	readonly message: string;
	readonly answer: string | Refusal;
	readonly next: number;
}

function row(message: string, answer: string | Refusal, next: number): Row {
	return { message, answer, next };
}

const listOfOne = "21000b01";
const metrics = "300048";

const rows: readonly (readonly [number, readonly Row[]])[] = [
	[
		IDLE,
		[
			row(BEGIN, OK, RECEIVING),
			row(CHUNK, NO_UPLOAD, IDLE),
			row(END, NO_UPLOAD, IDLE),
			row(REMOVE, OK, IDLE),
			row(LIST, listOfOne, IDLE),
			row(COMMAND, OK, IDLE),
			row(BAD_COMMAND, CONTROL_INVALID, IDLE),
			row(LIVE, SILENCE, IDLE),
			row(BAD_LIVE, SHOW_INVALID, IDLE),
			row(STATUS, metrics, IDLE),
			row(ERROR, UNKNOWN_TYPE, IDLE),
			row(OTHER, UNKNOWN_TYPE, IDLE),
		],
	],
	[
		RECEIVING,
		[
			row(BEGIN, UPLOAD_UNDER_WAY, DROPPING),
			row(CHUNK, SILENCE, RECEIVING),
			row(END, OK, IDLE),
			row(REMOVE, UPLOAD_UNDER_WAY, DROPPING),
			row(LIST, listOfOne, RECEIVING),
			row(COMMAND, OK, RECEIVING),
			row(BAD_COMMAND, CONTROL_INVALID, RECEIVING),
			row(LIVE, SILENCE, RECEIVING),
			row(BAD_LIVE, SHOW_INVALID, RECEIVING),
			row(STATUS, metrics, RECEIVING),
			row(ERROR, UNKNOWN_TYPE, DROPPING),
			row(OTHER, UNKNOWN_TYPE, DROPPING),
		],
	],
	[
		DROPPING,
		[
			row(BEGIN, OK, RECEIVING),
			row(CHUNK, SILENCE, DROPPING),
			row(END, SILENCE, IDLE),
			row(REMOVE, OK, DROPPING),
			row(LIST, listOfOne, DROPPING),
			row(COMMAND, OK, DROPPING),
			row(BAD_COMMAND, CONTROL_INVALID, DROPPING),
			row(LIVE, SILENCE, DROPPING),
			row(BAD_LIVE, SHOW_INVALID, DROPPING),
			row(STATUS, metrics, DROPPING),
			row(ERROR, UNKNOWN_TYPE, DROPPING),
			row(OTHER, UNKNOWN_TYPE, DROPPING),
		],
	],
];

describe("every message in every state", () => {
	for (const [state, messages] of rows) {
		for (const { message, answer, next } of messages) {
			it(`${STATE_NAMES[state]} x ${message} -> ${STATE_NAMES[next]}`, () => {
				const bench = new Bench();
				bench.lamp = new LampBench(bench.flash, undefined, undefined, bench.store).lamp;
				const session = inState(bench, state);
				const got = bench.say(session, message);
				if (typeof answer === "object") equal(reasonOf(got), answer.reason);
				else if (answer === SILENCE) equal(got, SILENCE);
				else ok(got.startsWith(answer), got);
				equal(session.state, next);
			});
		}
	}

	it("VALIDATING and STORING take questions only", () => {
		for (const type of [...COLUMN_TYPES, 0x7f]) {
			const question = type === 0x21 || type === 0x30;
			for (const state of [VALIDATING, STORING]) {
				equal(actionFor(state, type) === actionFor(IDLE, type), question || type >= 0x40, `0x${type.toString(16)}`);
			}
		}
	});
});
