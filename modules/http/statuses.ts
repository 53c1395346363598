/**
 * The closed list of answers: status code, reason phrase (RFC 9110, 15; RFC 6585), and for a refusal one plain sentence
 * that tells the client what to do.
 */

export const CONTINUE = 100;
export const SWITCHING_PROTOCOLS = 101;
export const OK = 200;
export const PARTIAL_CONTENT = 206;
export const FOUND = 302;
export const NOT_MODIFIED = 304;
export const BAD_REQUEST = 400;
export const UNAUTHORIZED = 401;
export const FORBIDDEN = 403;
export const NOT_FOUND = 404;
export const METHOD_NOT_ALLOWED = 405;
export const REQUEST_TIMEOUT = 408;
export const CONFLICT = 409;
export const PRECONDITION_FAILED = 412;
export const CONTENT_TOO_LARGE = 413;
export const URI_TOO_LONG = 414;
export const RANGE_NOT_SATISFIABLE = 416;
export const MISDIRECTED_REQUEST = 421;
export const UPGRADE_REQUIRED = 426;
export const TOO_MANY_REQUESTS = 429;
export const FIELDS_TOO_LARGE = 431;
export const INTERNAL_SERVER_ERROR = 500;
export const NOT_IMPLEMENTED = 501;
export const SERVICE_UNAVAILABLE = 503;
export const VERSION_NOT_SUPPORTED = 505;

/** Reason phrase of a status of this list. @throws Error for any other */
export function phraseOf(status: number): string {
	switch (status) {
		case CONTINUE:
			return "Continue";
		case SWITCHING_PROTOCOLS:
			return "Switching Protocols";
		case OK:
			return "OK";
		case PARTIAL_CONTENT:
			return "Partial Content";
		case FOUND:
			return "Found";
		case NOT_MODIFIED:
			return "Not Modified";
		case BAD_REQUEST:
			return "Bad Request";
		case UNAUTHORIZED:
			return "Unauthorized";
		case FORBIDDEN:
			return "Forbidden";
		case NOT_FOUND:
			return "Not Found";
		case METHOD_NOT_ALLOWED:
			return "Method Not Allowed";
		case REQUEST_TIMEOUT:
			return "Request Timeout";
		case CONFLICT:
			return "Conflict";
		case PRECONDITION_FAILED:
			return "Precondition Failed";
		case CONTENT_TOO_LARGE:
			return "Content Too Large";
		case URI_TOO_LONG:
			return "URI Too Long";
		case RANGE_NOT_SATISFIABLE:
			return "Range Not Satisfiable";
		case MISDIRECTED_REQUEST:
			return "Misdirected Request";
		case UPGRADE_REQUIRED:
			return "Upgrade Required";
		case TOO_MANY_REQUESTS:
			return "Too Many Requests";
		case FIELDS_TOO_LARGE:
			return "Request Header Fields Too Large";
		case INTERNAL_SERVER_ERROR:
			return "Internal Server Error";
		case NOT_IMPLEMENTED:
			return "Not Implemented";
		case SERVICE_UNAVAILABLE:
			return "Service Unavailable";
		case VERSION_NOT_SUPPORTED:
			return "HTTP Version Not Supported";
		default:
			throw new Error(`status ${status} is not on the list`);
	}
}

/** What a refused client is told, or an empty text for a status that refuses nothing. */
export function sentenceOf(status: number): string {
	switch (status) {
		case BAD_REQUEST:
			return "The request is not valid HTTP/1.1, or has a body that nothing here takes; correct it.";
		case UNAUTHORIZED:
			return "Send the access token: Authorization: Bearer TOKEN, or ?token=TOKEN.";
		case FORBIDDEN:
			return "Web pages of that origin are not let in; add the origin to the device's configuration.";
		case NOT_FOUND:
			return "There is nothing here; see / for what there is.";
		case METHOD_NOT_ALLOWED:
			return "Use one of the methods in the Allow field.";
		case REQUEST_TIMEOUT:
			return "The request took too long to arrive; send it again.";
		case PRECONDITION_FAILED:
			return "What is here is not what If-Match names; ask again without it.";
		case CONTENT_TOO_LARGE:
			return "The body is too large; send a smaller one.";
		case URI_TOO_LONG:
			return "The first line is too long; ask for a shorter address.";
		case RANGE_NOT_SATISFIABLE:
			return "The range is outside the content; Content-Range tells its size.";
		case MISDIRECTED_REQUEST:
			return "The device does not have that name; use its IP address or its own name.";
		case UPGRADE_REQUIRED:
			return "This address speaks WebSocket, version 13; connect with a WebSocket client.";
		case TOO_MANY_REQUESTS:
			return "Too many wrong tokens came from your address; wait as long as Retry-After says.";
		case FIELDS_TOO_LARGE:
			return "The request head is too large, or a field in it; send fewer and shorter fields.";
		case INTERNAL_SERVER_ERROR:
			return "The device failed to answer; try again.";
		case NOT_IMPLEMENTED:
			return "The device does not know that method or transfer coding; use GET, and Content-Length.";
		case SERVICE_UNAVAILABLE:
			return "The device has no connection left; try again later.";
		case VERSION_NOT_SUPPORTED:
			return "Use HTTP/1.1.";
		default:
			return "";
	}
}
