/** Times and counts of the server (docs/protocol.md, "Times"). Times are milliseconds. */

/** WebSocket clients at a time. */
export const MAX_CLIENTS = 2;
/** Blocks for connections that are not clients: request heads, pages, downloads. So many requests are served at a time. */
export const HTTP_BLOCKS = 3;
/** Connections at a time: the clients and eight more, which take no block until they send. A browser opens six at once. */
export const MAX_CONNECTIONS = MAX_CLIENTS + 8;

/** Connections that one turn takes in; those that wait beside them have the turns after it. */
export const ACCEPT_LIMIT = 4;
/** Who has just come has this to send its request, as long as there are others to give way. */
export const GREETING = 50;

/** From the head's first byte that is read to its empty line. A connection without a request is closed after as long. */
export const HEAD_LIMIT = 5000;
/** Who waits for a block, unread, is told "503" after this. */
export const WAIT_LIMIT = 10_000;
/**
 * While somebody waits for a block, a head that is not complete keeps its own for this long, and so does an answer that stands
 * still: a segment may have been lost.
 */
export const ALONE_TURN = 800;
/**
 * The same for an address that wants more than one block, divided by one more than the number that waits: so whoever comes
 * behind as many of its connections as there are places for is served within a second.
 */
export const SHARED_TURN = 400;
/** An answer that is not through after this gives way to a request that waits. */
export const ANSWER_TURN = 30_000;
/** From a message's first byte to its last. */
export const RECEIVE_LIMIT = 5000;
/** Nothing heard for so long: a PING is sent. */
export const PING_AFTER = 15_000;
/** Nothing heard for so long, in spite of the PING: the connection is dropped. */
export const SILENCE_LIMIT = 20_000;
/** In this time an answer has to be through, or at least UNSENT_LEAST bytes of it; else the connection is dropped. */
export const UNSENT_LIMIT = 5000;
/** Bytes that count as progress, wherever a peer has to take its answer: one byte now and then does not. */
export const UNSENT_LEAST = 1024;
/** From our close frame, or from the last byte of a last answer, to the closed socket, whatever the peer does. */
export const CLOSE_LIMIT = 5000;
/**
 * A connection that only waits for the peer to read the last answer is closed when nothing came for so long, as it is at the
 * peer's close frame or FIN: what a peer in the same network had under way is here by then.
 */
export const LINGER_QUIET = 100;
/** How often the limits are looked at. */
export const TICK = 250;
/** The same while somebody waits for a block. */
export const PRESSED_TICK = 50;

/** Between two looks at the limits there was more than this: the K1 itself stood still, for a slow erase perhaps. */
export const STOOD_STILL = 1000;

/** A message past this is not even thrown away: the connection is closed with 1009. */
export const MESSAGE_LIMIT = 65_536;
/**
 * What a connection may cost before the others have their turn, in the cost of a byte of an upload: some 50 instructions, and
 * 1.6 us of flash. It is one largest message, its two events and three reads; an answer of some hundred bytes ends the turn.
 */
export const TURN_COST = 4096 + 8 + 2 * 512 + 3 * 256;
/** A read, however little it brings. */
export const READ_COST = 256;
/** An event of the engine: a message, a ping. */
export const EVENT_COST = 512;
/** An answer, and each byte of it: what has much to say has had much to do. */
export const ANSWER_COST = 1024;
export const ANSWER_BYTE_COST = 16;
