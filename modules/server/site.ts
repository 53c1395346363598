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

/** What the server serves and to whom. */
export interface Site {
	/** Which `Host`, `Origin` and token are let in. */
	readonly access: AccessRules;
	/** The page at `/`: HTML, at most 1,500 bytes of UTF-8. Changes with the device's name. */
	page: string;
	readonly portal: SitePortal;
}
