/** `time` on Node: milliseconds of the monotonic clock, in 32 bits as on the device. */
const Time = {
	get ticks(): number {
		return Math.floor(performance.now()) | 0;
	},
};

export default Time;
