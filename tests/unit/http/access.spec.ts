import {
	type AccessRules,
	isHostAllowed,
	isOriginAllowed,
	isSameSecret,
	isTokenRight,
} from "../../../modules/http/access.js";
import { equal } from "../../support/assert.js";
import { get } from "../../support/read-request.js";

const RULES: AccessRules = {
	hostNames: ["prism-k1.local", "Lamp.Example"],
	origins: ["https://app.example", "studio.example:8443"],
	token: "",
};

const GOOD_HOSTS = [
	"192.168.4.1",
	"192.168.4.1:80",
	"0.0.0.0",
	"255.255.255.255:65535",
	"[::1]",
	"[fe80::1:2]:8080",
	"[::ffff:10.0.0.1]",
	"localhost",
	"LOCALHOST:8080",
	"prism-k1.local",
	"Prism-K1.Local:80",
	"prism-k1.local.",
	"lamp.example",
	"localhost:",
];

const BAD_HOSTS = [
	"",
	"evil.example",
	"prism-k1.local.evil.example",
	"evil.prism-k1.local",
	"prism-k1.local:80:80",
	"prism-k1.local:http",
	"prism-k1.local:-1",
	"prism-k1.local:123456",
	"user@prism-k1.local",
	"prism-k1.local, evil.example",
	"prism-k1.local/",
	"prism-k1.local..",
	".",
	"192.168.4",
	"192.168.4.1..",
	"0192.168.4.1",
	"0001.168.4.1",
	"[g::1]",
	`[${":".repeat(46)}]`,
	"192.168.4.1.5",
	"192.168.4.256",
	"192.168.4.1e",
	"192.168..1",
	"3232236545",
	"0x7f.0.0.1",
	"::1",
	"[::1",
	"[]",
	"[evil]",
	"[::1]evil.example",
	"[::1].evil.example:80",
	"localhost.evil.example",
];

describe("a Host", () => {
	for (const host of GOOD_HOSTS) it(`${host} is let in`, () => equal(isHostAllowed(host, RULES), true));
	for (const host of BAD_HOSTS) it(`"${host}" is refused`, () => equal(isHostAllowed(host, RULES), false));
	it("that is missing is refused", () => equal(isHostAllowed(undefined, RULES), false));
});

const ORIGINS: [origin: string | undefined, host: string, allowed: boolean][] = [
	[undefined, "prism-k1.local", true],
	["http://prism-k1.local", "prism-k1.local", true],
	["http://prism-k1.local", "Prism-K1.local:80", true],
	["HTTP://PRISM-K1.LOCAL:80", "prism-k1.local", true],
	["http://localhost:8080", "localhost:8080", true],
	["http://[::1]:8080", "[::1]:8080", true],
	["https://prism-k1.local", "prism-k1.local", false],
	["https://10.0.0.1", "10.0.0.1", false],
	["https://app.example", "10.0.0.1", true],
	["https://APP.example", "10.0.0.1", true],
	["https://studio.example:8443", "10.0.0.1", true],
	["null", "10.0.0.1", false],
	["", "10.0.0.1", false],
	["http://", "10.0.0.1", false],
	["http://app.example", "10.0.0.1", false],
	["https://studio.example", "10.0.0.1", false],
	["https://app.example.evil", "10.0.0.1", false],
	["http://localhost:8081", "localhost:8080", false],
	["http://localhost", "localhost:8080", false],
	["http://10.0.0.10", "10.0.0.1", false],
	["http://10.0.0.1/", "10.0.0.1", false],
	["10.0.0.1", "10.0.0.1", false],
	["file://10.0.0.1", "10.0.0.1", false],
	["ws://aaastudio.example:8443", "10.0.0.1", false],
	["studio.example:8443", "10.0.0.1", false],
	["http://evil.example http://10.0.0.1", "10.0.0.1", false],
];

describe("an Origin", () => {
	for (const [origin, host, allowed] of ORIGINS) {
		it(`${origin} at ${host} is ${allowed ? "let in" : "refused"}`, () => {
			equal(isOriginAllowed(origin, host, RULES), allowed);
		});
	}
	it("null stays refused when somebody puts it on the list", () => {
		equal(isOriginAllowed("null", "k1", { ...RULES, origins: ["null"] }), false);
	});
});

describe("the token", () => {
	const SECRET: AccessRules = { hostNames: ["k1"], origins: [], token: "s3cret+/=" };

	it("needs no token when none is set", () => equal(isTokenRight(get("/"), { ...SECRET, token: "" }), true));
	it("takes the token as a bearer token", () => {
		equal(isTokenRight(get("/", "Authorization: Bearer s3cret+/="), SECRET), true);
		equal(isTokenRight(get("/", "Authorization: bearer  s3cret+/="), SECRET), true);
	});
	it("takes the token from the query", () => {
		equal(isTokenRight(get("/?token=s3cret%2B/="), SECRET), true);
		equal(isTokenRight(get("/?a=b&token=s3cret%2b%2F%3D"), SECRET), true);
	});
	it("refuses a missing or wrong token", () => {
		equal(isTokenRight(get("/"), SECRET), false);
		equal(isTokenRight(get("/?token="), SECRET), false);
		equal(isTokenRight(get("/?token=s3cret"), SECRET), false);
		equal(isTokenRight(get("/", "Authorization: Bearer s3cret+/=x"), SECRET), false);
		equal(isTokenRight(get("/", "Authorization: Bearer"), SECRET), false);
		equal(isTokenRight(get("/", "Authorization: Basic s3cret+/="), SECRET), false);
		equal(isTokenRight(get("/", "Authorization: Digest:s3cret+/="), SECRET), false, "as long as the right scheme");
		equal(isTokenRight(get("/", "Authorization: Digests3cret+/="), SECRET), false);
		equal(isTokenRight(get("/?token=s3cret%2B/=", "Authorization: Bearer wrong"), SECRET), false);
	});
});

describe("comparing secrets", () => {
	it("finds equal ones equal, and no others", () => {
		equal(isSameSecret("abc", "abc"), true);
		for (const given of ["", "a", "ab", "abd", "Abc", "abcabc", "abca"]) equal(isSameSecret(given, "abc"), false);
	});
	it("looks at no more than 128 characters", () => {
		equal(isSameSecret("x".repeat(128), "x".repeat(128)), true);
		equal(isSameSecret("x".repeat(129), "x".repeat(129)), false);
	});
});
