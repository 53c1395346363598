/** `instrumentation`: figures of the engine and the system. Only debug and instrumented builds have them. */
declare module "instrumentation" {
	const Instrumentation: {
		/** The index of the figure of that name, for `get`; `undefined` where it is not counted. */
		map(name: string): number | undefined;
		/** The figure now; `undefined` where it is not counted. */
		get(index: number | undefined): number | undefined;
	};
	export default Instrumentation;
}
