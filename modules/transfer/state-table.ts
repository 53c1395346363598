import { CONTROL, DELETE, ERROR, LIST, PUT_BEGIN, PUT_CHUNK, PUT_END, SHOW, STATUS } from "../tlv/frame.js";

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
export const TAKE_COMMAND = 11;
export const SHOW_LIVE = 12;

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
	"command",
	"show",
] as const);

/** Message types in the order of the table's columns; every other type has the last column. */
export const COLUMN_TYPES = Object.freeze([
	PUT_BEGIN,
	PUT_CHUNK,
	PUT_END,
	DELETE,
	LIST,
	CONTROL,
	SHOW,
	STATUS,
	ERROR,
] as const);
/** Columns of the table. */
export const COLUMNS = 10;

const N = REFUSE_NO_UPLOAD;
const B = REFUSE_BUSY;
const L = ANSWER_LIST;
const C = TAKE_COMMAND;
const V = SHOW_LIVE;
const S = ANSWER_STATUS;
const T = REFUSE_TYPE;

// biome-ignore format: a table, a state a row
const TABLE: readonly number[] = Object.freeze([
	// PUT_BEGIN PUT_CHUNK PUT_END    DELETE  LIST CONTROL SHOW STATUS ERROR other
	BEGIN,       N,        N,         REMOVE, L,   C,      V,   S,     T,    T, // IDLE
	B,           APPEND,   FINISH,    B,      L,   C,      V,   S,     T,    T, // RECEIVING
	B,           B,        B,         B,      L,   B,      B,   S,     T,    T, // VALIDATING
	B,           B,        B,         B,      L,   B,      B,   S,     T,    T, // STORING
	BEGIN,       DROP,     DROP_LAST, REMOVE, L,   C,      V,   S,     T,    T, // DROPPING
]);

/** What comes most: looked at first, and without a call. */
const CHUNK_COLUMN = 1;

function columnOf(type: number): number {
	switch (type) {
		case STATUS:
			return 7;
		case PUT_CHUNK:
			return CHUNK_COLUMN;
		case PUT_BEGIN:
			return 0;
		case PUT_END:
			return 2;
		case DELETE:
			return 3;
		case LIST:
			return 4;
		case CONTROL:
			return 5;
		case SHOW:
			return 6;
		case ERROR:
			return 8;
		default:
			return 9;
	}
}

/** What a session in `state` does with a message of `type`. */
export function actionFor(state: number, type: number): number {
	return TABLE[state * COLUMNS + (type === PUT_CHUNK ? CHUNK_COLUMN : columnOf(type))];
}
