export { ArgumentError, ConnectionError, type ConnectionReason, DeviceError, K1Error } from "./errors.js";
export { K1 } from "./k1.js";
export type * from "./types.js";
