/** Times and counts of the server (docs/protocol.md, "Time"). Times are milliseconds. */

/** WebSocket clients at a time. */
export const MAX_CLIENTS = 2;
/** Blocks for connections that are not clients: request heads, pages, downloads. */
export const HTTP_BLOCKS = 3;
/** Connections at a time: the clients, one for every block above, and two that can be told "503". */
export const MAX_CONNECTIONS = MAX_CLIENTS + HTTP_BLOCKS + 2;

/** Connections that one turn takes in; those that wait beside them have the turns after it. */
export const ACCEPT_LIMIT = 4;

/** From accept, or from the answer before, to the empty line of a request head. */
export const HEAD_LIMIT = 5000;
/** From a message's first byte to its last. */
export const RECEIVE_LIMIT = 5000;
/** Nothing heard for so long: a PING is sent. */
export const PING_AFTER = 15_000;
/** Nothing heard for so long, in spite of the PING: the connection is dropped. */
export const SILENCE_LIMIT = 20_000;
/** Unsent bytes that do not move for so long: the connection is dropped. */
export const UNSENT_LIMIT = 5000;
/** From our close frame, or from the last byte of a last answer, to the closed socket, whatever the peer does. */
export const CLOSE_LIMIT = 5000;
/** A connection that only waits for the peer to read the last answer is closed when nothing came for so long. */
export const LINGER_QUIET = 500;
/** How often the limits are looked at. */
export const TICK = 250;

/** A message past this is not even thrown away: the connection is closed with 1009. */
export const MESSAGE_LIMIT = 65_536;
/**
 * Bytes that a connection may read before the others have their turn: one largest message and its WebSocket header. Flash
 * takes 6.4 ms for it, and that is the longest that an answer to somebody else waits.
 */
export const TURN_BYTES = 4096 + 8;
