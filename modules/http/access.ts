import { compare, encodeUtf8, sha1 } from "../bytes/bytes.js";
import { isDigits, isIPv4 } from "./field-values.js";
import type { Request } from "./request.js";

/** Whom the device lets in. */
export interface AccessRules {
	/** Names that the device answers to besides IP addresses and localhost, such as prism-k1.local. More come as they are claimed. */
	hostNames: readonly string[];
	/** Origins of web pages that may connect from elsewhere: `https://app.example` or `app.example`, with a port if any. */
	readonly origins: readonly string[];
	/** Access token, at most SECRET_LIMIT characters; empty: none is asked for. */
	readonly token: string;
}

/**
 * Whether the device may answer to this Host field: an IP address, localhost or one of its names, with any port. A page
 * whose own name was made to point to the device (DNS rebinding) sends that name, and gets nothing.
 */
export function isHostAllowed(host: string | undefined, rules: AccessRules): boolean {
	if (host === undefined) return false;
	let name = withoutPort(host.toLowerCase());
	if (name === undefined) return false;
	if (name.startsWith("[")) return isIPv6Literal(name);
	if (name.endsWith(".")) name = name.slice(0, -1);
	return name === "localhost" || isIPv4(name) || rules.hostNames.some((known) => known.toLowerCase() === name);
}

/**
 * Whether a page of this origin may use the device: programs send none, a page of the device itself sends the Host, with `http:`
 * since the device has no other; any other has to be on the list. `null`, the origin of files and sandboxes, could be
 * anybody.
 */
export function isOriginAllowed(origin: string | undefined, host: string | undefined, rules: AccessRules): boolean {
	if (origin === undefined) return true;
	const full = origin.toLowerCase();
	if (full === "null") return false;
	const authority = authorityOf(full);
	if (authority === undefined) return false;
	const own = host !== undefined && withoutDefaultPort(authority) === withoutDefaultPort(host.toLowerCase());
	if (own && full.startsWith("http://")) return true;
	return rules.origins.some((known) => known.toLowerCase() === full || known.toLowerCase() === authority);
}

/** The access token that a request carries, as a bearer token (RFC 6750, 2.1) or as `token` in the query; or nothing. */
export function tokenOf(request: Request): string | undefined {
	const { authorization } = request;
	if (authorization === undefined) return request.query("token");
	return authorization.slice(0, 7).toLowerCase() === "bearer " ? authorization.slice(7).trim() : undefined;
}

/** Whether the request carries the access token, or none is asked for. */
export function isTokenRight(request: Request, rules: AccessRules): boolean {
	return rules.token === "" || isSameSecret(tokenOf(request) ?? "", rules.token);
}

/** Longer ones are not looked at; so a token may have at most as many characters. */
export const SECRET_LIMIT = 128;

/**
 * Compares by their digests, so that the time tells nothing of the secret: a digest that is right in part tells nothing of
 * the text that it is of.
 */
export function isSameSecret(given: string, secret: string): boolean {
	if (given.length > SECRET_LIMIT) return false;
	const bytes = new Uint8Array(4 * SECRET_LIMIT);
	const digests = new Uint8Array(40);
	sha1(bytes, 0, encodeUtf8(given, bytes, 0), digests, 0);
	sha1(bytes, 0, encodeUtf8(secret, bytes, 0), digests, 20);
	return compare(digests, 0, 20, digests, 20, 40) === 0;
}

/**
 * Whether it is a host with or without a port, one of AUTHORITY's characters alone being given: a name, an IPv4 address, or an
 * IPv6 address in brackets (RFC 9110, 7.2). It may be empty.
 */
export function isAuthority(host: string): boolean {
	const name = withoutPort(host);
	if (name === undefined) return false;
	return name.startsWith("[") ? isIPv6Literal(name) : !name.includes("[") && !name.includes("]");
}

/** `name`, `name:port`, `[v6]` or `[v6]:port` without the port; undefined for anything else. */
function withoutPort(host: string): string | undefined {
	const colon = host.indexOf(":", host.startsWith("[") ? host.indexOf("]") : 0);
	if (colon < 0) return host;
	const port = host.slice(colon + 1);
	return port === "" || (port.length <= 5 && isDigits(port)) ? host.slice(0, colon) : undefined;
}

/** In brackets there can be no name of the DNS, so a close look at the address is not needed. */
function isIPv6Literal(name: string): boolean {
	if (!name.endsWith("]") || !name.includes(":") || name.length > 47) return false;
	for (const character of name.slice(1, -1)) if (!"0123456789abcdef:.".includes(character)) return false;
	return true;
}

/** What follows the scheme of an HTTP origin. */
function authorityOf(origin: string): string | undefined {
	const start = origin.startsWith("http://") ? 7 : origin.startsWith("https://") ? 8 : 0;
	return start > 0 && origin.length > start ? origin.slice(start) : undefined;
}

function withoutDefaultPort(authority: string): string {
	return authority.endsWith(":80") ? authority.slice(0, -3) : authority;
}
