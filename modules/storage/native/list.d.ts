/** The same function as modules/storage/list.ts, as a native; described there. */
export { writeList } from "../list.js";
