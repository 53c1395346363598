/** `time`: xTaskGetTickCount in milliseconds, 32 bits that wrap (modMilliseconds in xs/platforms/esp/xsHost.h). */
const Time = {
	get ticks(): number {
		return (chip.now + chip.ticksBefore) | 0;
	},
};

export default Time;
