/**
 * The signal that WS2812 LEDs are sent, as the bits of an SPI port (render.ts, `writeSignal`). Their data sheets want a
 * high level of 0.2 to 0.5 us for a 0 and of 0.65 to 0.95 us for a 1, the low level behind it the other way round, and of the
 * newer ones more than 280 us of low level before they show what they got.
 */

/** SPI bits a second: 0.4 us each, so that one of them is a short level and two are a long one. */
export const SPI_FREQUENCY = 2_500_000;
/** SPI bytes for one byte of color. */
export const SIGNAL_BYTES = 3;
/** Bytes of low level behind a frame: 307 us. A multiple of 4, as DMA wants its lengths. */
export const RESET_BYTES = 96;

/** SPI bytes of a frame for so many LEDs, the low level behind it included. */
export function signalLength(leds: number): number {
	return 3 * leds * SIGNAL_BYTES + RESET_BYTES;
}
