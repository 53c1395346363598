/** `mc/config` on Node: the JSON object in the environment variable K1_CONFIG. */
const config: Readonly<Record<string, unknown>> = Object.freeze(JSON.parse(process.env.K1_CONFIG ?? "{}"));

export default config;
