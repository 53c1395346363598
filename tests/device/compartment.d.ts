/** What tests/device uses of the SDK beside the platform's modules. */

/** XS's compartments: modules of their own, which go when the compartment goes. */
declare class Compartment {
	constructor(options: {
		globals: object;
		resolveHook: (specifier: string, referrer: string) => string;
		/** `source`: the host's module, to be run in here; `namespace`: a module that ran already. */
		loadNowHook: (specifier: string) => { source: string } | { namespace: object };
	});
	importNow(specifier: string): object;
}

declare module "modules" {
	const Modules: {
		/** Specifiers of all modules of the build. */
		readonly host: readonly string[];
		/** A module of the build: its default export, or all that it exports where it has none. */
		importNow(specifier: string): object;
	};
	export default Modules;
}
