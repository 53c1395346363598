/** `mc/config`: what the build was given. */
const config = globalThis.chip.config;

export default config;
