/** WebSocket close codes that a K1 uses: RFC 6455, 7.4.1, and of the registry that it founded 1013. */
export const PROTOCOL_ERROR = 1002;
export const UNSUPPORTED_DATA = 1003;
/** Stands for a close frame without a code; never sent. */
export const NO_STATUS_RECEIVED = 1005;
export const INVALID_PAYLOAD = 1007;
export const POLICY_VIOLATION = 1008;
export const MESSAGE_TOO_BIG = 1009;
export const TRY_AGAIN_LATER = 1013;
