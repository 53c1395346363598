/*
 * The built page is kept beside its sources, since the SDK's build runs no esbuild: it has to be the one that they give.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { MOST_BYTES, makePage, PAGE_FILE, POLICY_FILE, policyModule } from "../../web/build.js";
import { equal, ok } from "../support/assert.js";

describe("The built page", () => {
	let made: { html: string; policy: string };

	before(async () => {
		made = await makePage();
	});

	it("is what web/ gives: else run npm run build:page", () => {
		ok(gunzipSync(readFileSync(PAGE_FILE)).toString() === made.html, "stale: npm run build:page");
		equal(readFileSync(POLICY_FILE, "utf8"), policyModule(made.policy));
	});

	it(`is one file of at most ${MOST_BYTES} bytes, gzipped, that fetches nothing`, () => {
		const { length } = readFileSync(PAGE_FILE);
		ok(length <= MOST_BYTES, `${length} bytes`);
		const docs = readFileSync(new URL("../../docs/page.md", import.meta.url), "utf8");
		ok(docs.includes(`one file of ${length.toLocaleString("en")} bytes`), `docs/page.md does not say ${length} bytes`);
		ok(!/\b(src|href)=(?!"data:)/.test(made.html.replace(/<script>.*<\/script>/s, "")), "an address in the page");
	});

	it("has a policy that lets nothing in but its own script and style", () => {
		const hash = "'sha256-[A-Za-z0-9+/]{43}='";
		ok(
			new RegExp(`^default-src 'none'; script-src ${hash}; style-src ${hash}; .*frame-ancestors 'none'$`).test(
				made.policy,
			),
			made.policy,
		);
		equal(made.html.split("<script>").length, 2);
		equal(made.html.split("<style>").length, 2);
		ok(!/ (on\w+|style)=["']/.test(made.html.replace(/<script>.*<\/script>/s, "")), "script or style in an attribute");
	});
});
