/**
 * The whole state of a frame decoder, one buffer that the natives share: thirteen 32-bit words in the machine's byte
 * order, then the palette, then the frame. modules/pattern/native/decode.c has the same as a struct.
 */

/** LEDs in a frame at the most. */
export const MOST_LEDS = 320;
/** Colors in a palette at the most. */
export const MOST_COLORS = 64;
/** An index that stands for no color of the file: its place behind the palette is black. */
export const DARK = MOST_COLORS;

/** Offset of the palette in bytes: 65 times R, G, B. */
export const PALETTE = 64;
/** Offset of the frame in bytes: a palette index for each LED. */
export const PIXELS = 260;
/** Bytes of the state. */
export const STATE_SIZE = PIXELS + MOST_LEDS;

// The words.
/** What comes next, one of the steps below. */
export const STEP = 0;
/** LEDs in a frame. */
export const LEDS = 1;
/** Frames in the file. */
export const FRAMES = 2;
/** Frames that are complete. */
export const FRAME = 3;
/** Colors in the palette. */
export const COLORS = 4;
/** Flags of the frame under way. */
export const FLAGS = 5;
/** Bytes left in its segment. */
export const SEGMENT = 6;
/** LEDs of the frame that are decoded; while the palette comes, bytes of it. */
export const FILLED = 7;
/** Length of a run whose value is still to come, or 0. */
export const RUN = 8;
/** Bytes of the payload taken. After a fault: up to the byte that made it, that one included. */
export const CONSUMED = 9;
/** `CONSUMED` at the end of the last complete frame. */
export const FRAME_END = 10;
/** One of the faults below, or 0. */
export const FAULT = 11;
/** 1 where only the faults are of interest: then the frame's indices are kept only as far as these need it. */
export const CHECKING = 12;
/** Number of words. */
export const WORDS = 13;

// Steps, in the order of the payload.
export const COLORS_LOW = 0;
export const COLORS_HIGH = 1;
export const PALETTE_BYTES = 2;
export const FRAME_FLAGS = 3;
export const SEGMENT_LOW = 4;
export const SEGMENT_HIGH = 5;
export const SEGMENT_BYTES = 6;
/** All frames are complete. */
export const FINISHED = 7;
/** There was a fault; nothing more is taken. */
export const FAILED = 8;

// Flags of a frame.
/** The decoded indices are to be XORed with those of the frame before. */
export const XOR = 1;
/** The segment has run lengths; without it, it has an index for each LED. */
export const RUNS = 2;

// Faults.
/** The palette does not have 1 to 64 colors. */
export const BAD_PALETTE = 1;
/** Flags that nobody knows. */
export const BAD_FLAGS = 2;
/** XOR in the first frame. */
export const XOR_FIRST = 3;
/** An index outside the palette. */
export const BAD_INDEX = 4;
/** A run that goes on past the last LED, or one of no LED. */
export const BAD_RUN = 5;
/** A segment with indices for more or for fewer LEDs than there are. */
export const BAD_LENGTH = 6;
