/** The same function as modules/pattern/decode.ts, as a native; described there. */
export { decode } from "../decode.js";
