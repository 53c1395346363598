/**
 * The set-up portal: the pages that someone on the K1's own access point sees. Every name that a phone looks up there
 * leads to the K1, so a request for any other host is a probe for the internet: the answer sends it to the form,
 * which is how iOS, Android and desktops know that they are to show it.
 */
import { decodeLatin1 } from "../bytes/bytes.js";
import { formValue } from "../http/form.js";
import { type Credentials, problemOf } from "./credentials.js";
import { formPage, joiningPage } from "./portal-page.js";

/** The network name of the K1's access point. */
export const SETUP_SSID = "PRISM-SETUP";
/** The K1's address there: the ESP-IDF's default. */
export const SETUP_ADDRESS = "192.168.4.1";
/** Where the form is. */
export const SETUP_PATH = "/setup";
/** Most networks that the form lists. */
export const NETWORKS_LIMIT = 12;

/** What to answer. Every answer takes `Cache-Control: no-store`. */
export interface PortalAnswer {
	readonly status: 200 | 302 | 400 | 405;
	/** For the Location header; empty for none. */
	readonly location: string;
	/** HTML in UTF-8, at most 3,072 bytes; empty with a 302. */
	readonly body: string;
}

export class Portal {
	/** Whether the access point is up. */
	open = false;
	/** Why the network was not joined; empty where there is nothing to say. */
	problem = "";
	/** The name under which the K1 is reached once it is on the network. */
	hostName = "prism-k1";
	/** Takes what was filled in. */
	onSubmit: (credentials: Credentials) => void = () => {};
	/** Someone wants the list of networks made anew. */
	onSearch: () => void = () => {};
	#networks: string[] = [];

	/** Takes what a search has found, strongest first; what has no name, or is there already, is left out. */
	showNetworks(ssids: readonly string[]): void {
		this.#networks = [];
		for (const ssid of ssids) {
			if (this.#networks.length >= NETWORKS_LIMIT) return;
			if (!this.#networks.includes(ssid) && problemOf(ssid, "") === undefined) this.#networks.push(ssid);
		}
	}

	/**
	 * Answers a request that came while the access point is up.
	 * @param host the Host header, with or without a port
	 * @param path without its query
	 * @param query with or without its question mark; `search` in it makes the list of networks anew
	 * @param body where a POST's body is, bytes [start, end)
	 * @returns nothing when the request is not for the portal: the server's own routes take it
	 */
	answer(
		method: string,
		host: string,
		path: string,
		query: string,
		body: Uint8Array,
		start: number,
		end: number,
	): PortalAnswer | undefined {
		const name = host.replace(/:\d*$/, "");
		if (name !== SETUP_ADDRESS && name !== `${this.hostName}.local`) return REDIRECT;
		if (path === "/") return REDIRECT;
		if (path !== SETUP_PATH) return undefined;
		if (method === "GET" || method === "HEAD") {
			if (query.includes("search")) this.onSearch();
			return this.#form(200, this.problem);
		}
		if (method !== "POST") return this.#form(405, "Use the form below.");
		return this.#submit(body, start, end);
	}

	#form(status: 200 | 400 | 405, problem: string): PortalAnswer {
		return { status, location: "", body: formPage(this.#networks, problem) };
	}

	#submit(body: Uint8Array, start: number, end: number): PortalAnswer {
		const form = decodeLatin1(body, start, end);
		const listed = formValue(form, "ssid");
		const typed = formValue(form, "other");
		const password = formValue(form, "password");
		// A browser sends every field, an empty one too; what is missing was cut off or not readable.
		if (listed === undefined || typed === undefined || password === undefined) {
			return this.#form(400, "The form did not arrive whole. Send it again.");
		}
		const ssid = typed || listed;
		const problem = problemOf(ssid, password);
		if (problem !== undefined) return this.#form(400, problem);
		this.onSubmit({ ssid, password });
		return { status: 200, location: "", body: joiningPage(ssid, this.hostName) };
	}
}

const REDIRECT: PortalAnswer = Object.freeze({
	status: 302,
	location: `http://${SETUP_ADDRESS}${SETUP_PATH}`,
	body: "",
});
