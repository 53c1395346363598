/** The same functions as modules/http/field-values.ts, as natives; described there. */
export { hasMember, isDigits, isIPv4, isKey, takeField } from "../field-values.js";
