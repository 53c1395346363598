/** The global `trace` of XS on Node. */
Object.assign(globalThis, {
	trace(...log: (string | number | boolean)[]): void {
		process.stdout.write(log.join(""));
	},
});
