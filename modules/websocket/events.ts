/** What `Endpoint.received` can report. */
export const NONE = 0;
/** A text, or a message in several frames, begins: `opcode` and `length` can be judged before its payload comes. */
export const MESSAGE = 1;
/** Payload is in the block, up to `end`: the message is complete (`final`), or the block is full and more follows. */
export const DATA = 2;
/** A ping; its pong is queued. */
export const PING = 3;
export const PONG = 4;
/** The peer's close frame, with `closeCode`; ours is queued unless it was sent before. Nothing more is read. */
export const CLOSE = 5;
/** The peer broke the protocol: the close frame with `closeCode` is queued. Nothing more is read. */
export const FAILED = 6;
/** The message passed the limit: its payload is thrown away. Once a message; it is for the caller to close. */
export const TOO_BIG = 7;
