import { formValue } from "./form.js";

/**
 * The head of one HTTP/1.1 request, as far as a K1 looks at it. A field that was not sent is undefined; of a list field
 * that was sent in several lines, the values are joined with ", ".
 */
export class Request {
	method = "";
	/** The request target as it was sent. */
	target = "";
	/** Path of the target, percent-decoded: starts with "/" and has no "." or ".." segment; or "*". */
	path = "";
	/** Query of the target as it was sent, without the "?". */
	search = "";
	/** Minor version: 0 for HTTP/1.0, 1 for HTTP/1.1 and what may come after it. */
	minor = 0;
	/** Whether the connection may serve another request (RFC 9112, 9.3). HTTP/1.0 never does. */
	keepAlive = false;
	/** Bytes of the body. */
	bodyLength = 0;
	/** For a target in absolute form: the authority in it. */
	authority: string | undefined = undefined;
	/** Host field; when the head is complete, for a target in absolute form the authority in that (RFC 9112, 3.2.2). */
	host: string | undefined = undefined;
	origin: string | undefined = undefined;
	connection: string | undefined = undefined;
	upgrade: string | undefined = undefined;
	secWebSocketKey: string | undefined = undefined;
	secWebSocketVersion: string | undefined = undefined;
	secWebSocketProtocol: string | undefined = undefined;
	authorization: string | undefined = undefined;
	ifMatch: string | undefined = undefined;
	ifNoneMatch: string | undefined = undefined;
	ifRange: string | undefined = undefined;
	range: string | undefined = undefined;
	contentLength: string | undefined = undefined;
	contentType: string | undefined = undefined;
	transferEncoding: string | undefined = undefined;
	expect: string | undefined = undefined;

	/** Value of a name in the query, decoded; undefined when it is not there or not valid. */
	query(name: string): string | undefined {
		return formValue(this.search, name);
	}

	/** Forgets the request, and the memory that its texts took. */
	reset(): void {
		this.method = this.target = this.path = this.search = "";
		this.minor = this.bodyLength = 0;
		this.keepAlive = false;
		this.authority = this.host = this.origin = this.connection = this.upgrade = undefined;
		this.secWebSocketKey = this.secWebSocketVersion = this.secWebSocketProtocol = undefined;
		this.authorization = this.ifMatch = this.ifNoneMatch = this.ifRange = this.range = undefined;
		this.contentLength = this.contentType = this.transferEncoding = this.expect = undefined;
	}
}

/** The methods of RFC 9110, 9, and PATCH (RFC 5789). */
const METHODS = Object.freeze(["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]);

/** Whether it is a method that anybody knows; the answer to another is 501, not 405 (RFC 9110, 9.1). */
export function isMethod(method: string): boolean {
	return METHODS.includes(method);
}

/** The fields of a Request, in the order in which `takeField` numbers them. */
export const FIELD_KEYS = Object.freeze([
	"host",
	"origin",
	"connection",
	"upgrade",
	"secWebSocketKey",
	"secWebSocketVersion",
	"secWebSocketProtocol",
	"authorization",
	"ifMatch",
	"ifNoneMatch",
	"ifRange",
	"range",
	"contentLength",
	"contentType",
	"transferEncoding",
	"expect",
] as const);

export type FieldKey = (typeof FIELD_KEYS)[number];

/** Whether a field is a list, which may be sent in several lines (RFC 9110, 5.3). */
export function isListField(key: FieldKey): boolean {
	return (
		key === "connection" ||
		key === "upgrade" ||
		key === "secWebSocketProtocol" ||
		key === "ifMatch" ||
		key === "ifNoneMatch" ||
		key === "transferEncoding" ||
		key === "expect"
	);
}
