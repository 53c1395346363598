/** The same functions as modules/playback/render.ts, as natives; described there. */
export { dim, drive, mix, paint, paintDelayed, writeLevels, writeSignal } from "../render.js";
