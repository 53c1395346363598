export default class Instrumentation {
	static map(name) @ "xs_instrumentation_map"
	static get(index) @ "xs_instrumentation_get"
}
