export default class Time {
	static get ticks() @ "xs_time_ticks"
}
