/** `mc/config`: the configuration that a build or a start was given. */
declare module "mc/config" {
	/**
	 * Every key may be missing and every value may be text (`mcconfig key=value` gives text for all but `true`, `false` and
	 * numbers in the manifest), so whoever reads one checks it. Keys: docs/device.md, "Configuration".
	 */
	const config: Readonly<Record<string, unknown>>;
	export default config;
}
