/** The same functions as modules/websocket/headers.ts, as natives; described there. */
export { wholeMessage, writeHeader } from "../headers.js";
