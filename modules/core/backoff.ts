/** First delay, ms. */
export const FIRST_DELAY = 1000;
/** Longest delay, ms. */
export const LONGEST_DELAY = 30_000;

/**
 * How long to wait before the next try: min(30,000, 1,000 x 2^attempt) ms. One rule for everything that tries again: a
 * client's reconnect, the device's own Wi-Fi, and the `retryAfterMs` that a refused client is told.
 * @param attempt tries that failed in a row, from 0; back to 0 after a connection that held
 */
export function backoff(attempt: number): number {
	// 2^5 seconds is past the longest already; a larger shift would overflow 32 bits.
	return attempt >= 5 ? LONGEST_DELAY : FIRST_DELAY << attempt;
}
