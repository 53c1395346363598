/** Messages of playback (docs/protocol.md). */
export const CONTROL = 0x22;
export const SHOW = 0x23;
export const PLAYBACK = 0x31;
export const FRAME = 0x32;

/** Commands of a CONTROL. */
export const STATE = 0x00;
export const PLAY = 0x01;
export const STOP = 0x02;
export const PAUSE = 0x03;
export const RESUME = 0x04;
export const BRIGHTNESS = 0x10;
export const GAMMA = 0x11;
export const WATCH = 0x20;
