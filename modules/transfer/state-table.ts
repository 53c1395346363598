import { DELETE, ERROR, LIST, PUT_BEGIN, PUT_CHUNK, PUT_END, STATUS } from "../tlv/frame.js";

/**
 * The whole behaviour of a session, `state x message -> action`, in one table. docs/protocol.md shows the same table;
 * a test compares the two.
 */

/** States, by the numbers that a STATUS reports. */
export const IDLE = 0;
export const RECEIVING = 1;
export const VALIDATING = 2;
export const STORING = 3;
/**
 * IDLE after a failed upload whose messages may still be on their way: they are dropped in silence, so that one failed
 * upload is one ERROR. Reported as IDLE.
 */
export const DROPPING = 4;

/** Names of the states, by number. */
export const STATE_NAMES = Object.freeze(["IDLE", "RECEIVING", "VALIDATING", "STORING", "DROPPING"] as const);

/** Actions. */
export const BEGIN = 0;
export const APPEND = 1;
export const FINISH = 2;
export const REMOVE = 3;
export const ANSWER_LIST = 4;
export const ANSWER_STATUS = 5;
export const DROP = 6;
export const DROP_LAST = 7;
export const REFUSE_NO_UPLOAD = 8;
export const REFUSE_BUSY = 9;
export const REFUSE_TYPE = 10;

/** Names of the actions, by number, as the docs have them. */
export const ACTION_NAMES = Object.freeze([
	"begin",
	"append",
	"finish",
	"remove",
	"list",
	"status",
	"drop",
	"drop, then IDLE",
	"refuse: no upload",
	"refuse: upload under way",
	"refuse: unknown type",
] as const);

/** Message types in the order of the table's columns; every other type has the last column. */
export const COLUMN_TYPES = Object.freeze([PUT_BEGIN, PUT_CHUNK, PUT_END, DELETE, LIST, STATUS, ERROR] as const);
/** Columns of the table. */
export const COLUMNS = 8;

const L = ANSWER_LIST;
const S = ANSWER_STATUS;
const T = REFUSE_TYPE;

// biome-ignore format: a table, a state a row
const TABLE: readonly number[] = Object.freeze([
	// PUT_BEGIN   PUT_CHUNK         PUT_END           DELETE     LIST STATUS ERROR other
	BEGIN,         REFUSE_NO_UPLOAD, REFUSE_NO_UPLOAD, REMOVE,      L,   S,     T,    T, // IDLE
	REFUSE_BUSY,   APPEND,           FINISH,           REFUSE_BUSY, L,   S,     T,    T, // RECEIVING
	REFUSE_BUSY,   REFUSE_BUSY,      REFUSE_BUSY,      REFUSE_BUSY, L,   S,     T,    T, // VALIDATING
	REFUSE_BUSY,   REFUSE_BUSY,      REFUSE_BUSY,      REFUSE_BUSY, L,   S,     T,    T, // STORING
	BEGIN,         DROP,             DROP_LAST,        REMOVE,      L,   S,     T,    T, // DROPPING
]);

function columnOf(type: number): number {
	switch (type) {
		case PUT_CHUNK:
			return 1;
		case PUT_BEGIN:
			return 0;
		case PUT_END:
			return 2;
		case DELETE:
			return 3;
		case LIST:
			return 4;
		case STATUS:
			return 5;
		case ERROR:
			return 6;
		default:
			return 7;
	}
}

/** What a session in `state` does with a message of `type`. */
export function actionFor(state: number, type: number): number {
	return TABLE[state * COLUMNS + columnOf(type)];
}
