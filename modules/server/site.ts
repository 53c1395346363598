import type { AccessRules } from "../http/access.js";

/** What the set-up portal answers. */
export interface PortalAnswer {
	readonly status: 200 | 302 | 400 | 405;
	/** For the Location field; empty: none. */
	readonly location: string;
	/** HTML, at most 3,072 bytes of UTF-8; empty: none. */
	readonly body: string;
}

/** The set-up portal, as far as the server knows it. */
export interface SitePortal {
	/** Whether it takes requests. */
	readonly open: boolean;
	/** Answers a request whose body is bytes start..end; undefined: the request is not the portal's. */
	answer(
		method: string,
		host: string,
		path: string,
		query: string,
		body: Uint8Array,
		start: number,
		end: number,
	): PortalAnswer | undefined;
}

/** The page at `/`: HTML, gzipped. It is the same for every device. */
export interface SitePage {
	/** Where it lies in flash: natives read it, JavaScript may not be able to (host-shim/types/page.d.ts). */
	readonly bytes: Uint8Array;
	/** Its strong entity tag. */
	readonly etag: string;
	/** Its Content-Security-Policy. */
	readonly policy: string;
}

/** What the server serves and to whom. */
export interface Site {
	/** Which `Host`, `Origin` and token are let in. */
	readonly access: AccessRules;
	readonly page: SitePage;
	/** Why no pattern can be stored, as a sentence without its end; empty where they can. */
	readonly problem: string;
	readonly portal: SitePortal;
}
