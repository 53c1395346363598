/** `time`: the clock that counts time passed. */
declare module "time" {
	const Time: {
		/** Milliseconds, a whole number, never going back. Its origin is anybody's guess: use differences only. */
		readonly ticks: number;
	};
	export default Time;
}
