import { encodeUtf8 } from "../../../modules/bytes/bytes.js";
import type { Credentials } from "../../../modules/network/credentials.js";
import { Portal, type PortalAnswer } from "../../../modules/network/portal.js";
import { equal, ok } from "../../support/assert.js";

const OWN = "192.168.4.1";
const NOTHING = new Uint8Array(0);

function bytesOf(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length * 3);
	return bytes.subarray(0, encodeUtf8(text, bytes, 0));
}

function get(portal: Portal, host: string, path: string, query = ""): PortalAnswer | undefined {
	return portal.answer("GET", host, path, query, NOTHING, 0, 0);
}

/** Posts a form; returns the answer and what the portal handed on. */
function post(form: string): [PortalAnswer | undefined, Credentials | undefined] {
	const portal = new Portal();
	let submitted: Credentials | undefined;
	portal.onSubmit = (credentials) => {
		submitted = credentials;
	};
	// The body lies somewhere in a block, as it does in the server's.
	const bytes = bytesOf(`xx${form}xx`);
	return [portal.answer("POST", OWN, "/setup", "", bytes, 2, bytes.length - 2), submitted];
}

describe("Set-up form", () => {
	it("decodes escapes, plus signs and UTF-8", () => {
		for (const [escaped, name] of [
			["My+Home%21", "My Home!"],
			["1%2B1%3D2%26", "1+1=2&"],
			["M%C3%BCller", "M\u00fcller"],
			["%E2%82%ac", "\u20ac"],
		] as const) {
			equal(post(`ssid=${escaped}&other=&password=%3D+pass%26word`)[1]?.ssid, name);
			equal(post(`ssid=&other=${escaped}&password=%3D+pass%26word`)[1]?.password, "= pass&word");
		}
	});

	it("refuses broken escapes, escapes that are not UTF-8, and a form that was cut off", () => {
		for (const value of ["%", "%4", "%zz", "%FF", "%C3", "%C0%80", "%ED%A0%80"]) {
			equal(post(`ssid=${value}&other=&password=`)[0]?.status, 400);
			equal(post(`ssid=a&other=&password=${value}`)[1], undefined);
		}
		equal(post("ssid=home&other=")[1], undefined);
		equal(post("")[0]?.status, 400);
	});

	it("takes a name of 32 bytes and a password of 63 characters, all escaped", () => {
		const name = "%C3%BC".repeat(16);
		const form = `ssid=&other=${name}&password=${"%7E".repeat(63)}`;
		ok(form.length <= 512, "the longest form leaves the block room for a request head");
		const [answer, submitted] = post(form);
		equal(answer?.status, 200);
		equal(submitted?.ssid, "\u00fc".repeat(16));
		equal(submitted?.password, "~".repeat(63));
	});

	it("takes an open network", () => {
		const [, submitted] = post("ssid=Guests&other=&password=");
		equal(submitted?.ssid, "Guests");
		equal(submitted?.password, "");
	});

	it("prefers the name that was typed", () => {
		equal(post("ssid=listed&other=typed&password=")[1]?.ssid, "typed");
	});

	it("shows the form again with what is wrong, and never the password", () => {
		for (const form of [
			"ssid=&other=&password=",
			"ssid=a&other=&password=sh0rt",
			`ssid=${"a".repeat(33)}&other=&password=`,
		]) {
			const [answer, submitted] = post(form);
			equal(answer?.status, 400);
			equal(submitted, undefined);
			ok(answer?.body.includes('class="p"'));
			ok(!answer?.body.includes("sh0rt"));
		}
		ok(!post("ssid=a&other=&password=secret+word")[0]?.body.includes("secret"));
	});
});

describe("Set-up portal", () => {
	it("sends the probes of iOS, Android, Windows, Firefox and GNOME to the form", () => {
		const portal = new Portal();
		for (const probe of [
			"captive.apple.com/hotspot-detect.html",
			"connectivitycheck.gstatic.com/generate_204",
			"www.msftconnecttest.com/connecttest.txt",
			"detectportal.firefox.com/canonical.html",
			"nmcheck.gnome.org/check_network_status.txt",
		]) {
			const slash = probe.indexOf("/");
			const answer = get(portal, probe.slice(0, slash), probe.slice(slash));
			equal(answer?.status, 302);
			equal(answer?.location, "http://192.168.4.1/setup");
		}
	});

	it("shows the form under its own address, and leaves the rest to the server", () => {
		const portal = new Portal();
		equal(get(portal, OWN, "/")?.status, 302);
		equal(get(portal, OWN, "/setup")?.status, 200);
		equal(get(portal, `${OWN}:80`, "/setup")?.status, 200);
		equal(get(portal, OWN, "/ws"), undefined);
		equal(portal.answer("DELETE", OWN, "/setup", "", NOTHING, 0, 0)?.status, 405);
	});

	it("lists networks once each, as text and not as HTML", () => {
		const portal = new Portal();
		portal.showNetworks(["<b>&'\"", "home", "home", ""]);
		const body = get(portal, OWN, "/setup")?.body ?? "";
		ok(body.includes("<option>&lt;b&gt;&amp;&#39;&quot;</option><option>home</option><option value"));
		portal.showNetworks([]);
		ok(!get(portal, OWN, "/setup")?.body.includes("home"));
	});

	it("looks for networks again when asked to", () => {
		const portal = new Portal();
		let searches = 0;
		portal.onSearch = () => searches++;
		get(portal, OWN, "/setup");
		equal(searches, 0);
		get(portal, OWN, "/setup", "search");
		equal(searches, 1);
	});

	it("fits its pages into 3,072 bytes whatever the networks are called", () => {
		for (const name of ["'\"".repeat(15), "\u00fc".repeat(15), "\u20ac".repeat(10)]) {
			const portal = new Portal();
			const names: string[] = [];
			for (let i = 10; i < 40; i++) names.push(name + i);
			portal.showNetworks(names);
			portal.problem = `${name}${name} did not accept the password.`;
			const body = get(portal, OWN, "/setup")?.body ?? "";
			ok(body.includes("10</option>"));
			ok(encodeUtf8(body, new Uint8Array(4096), 0) <= 3072);
		}
		const [answer] = post(`ssid=${"%27".repeat(32)}&other=&password=`);
		ok(encodeUtf8(answer?.body ?? "", new Uint8Array(4096), 0) <= 3072);
	});
});
