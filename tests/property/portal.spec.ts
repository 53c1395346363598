import fc from "fast-check";
import { type Credentials, problemOf } from "../../modules/network/credentials.js";
import { Portal, SETUP_ADDRESS, SETUP_PATH } from "../../modules/network/portal.js";
import { escapeHtml } from "../../modules/network/portal-page.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { fuzz } from "../support/fuzz-settings.js";

const PIECE = fc.oneof(
	fc.constantFrom(
		"ssid=",
		"other=",
		"password=",
		"&",
		"=",
		"%",
		"%00",
		"%c3%bc",
		"%C0%AF",
		"%ff",
		"%2",
		"+",
		"home",
		"12345678",
		"<b>",
	),
	fc.string({ unit: "binary-ascii", maxLength: 6 }),
	fc.string({ unit: "binary", maxLength: 4 }).map(encodeURIComponent),
);
/** Three fields in the right order as often as not, with anything in them. */
const FORM = fc.oneof(
	fc.array(PIECE, { maxLength: 14 }).map((pieces) => pieces.join("")),
	fc
		.tuple(fc.array(PIECE, { maxLength: 3 }), fc.array(PIECE, { maxLength: 3 }), fc.array(PIECE, { maxLength: 3 }))
		.map(
			([listed, other, password]) => `ssid=${listed.join("")}&other=${other.join("")}&password=${password.join("")}`,
		),
);
const TEXT = fc.string({ unit: "grapheme", maxLength: 12 });

function submit(body: Uint8Array): { status: number; page: string; given: Credentials | undefined } {
	const portal = new Portal();
	let given: Credentials | undefined;
	portal.onSubmit = (credentials) => {
		given = credentials;
	};
	// The body lies somewhere in a block, with something else around it.
	const block = new Uint8Array(body.length + 20).fill(0x26);
	block.set(body, 10);
	const answer = portal.answer("POST", SETUP_ADDRESS, SETUP_PATH, "", block, 10, 10 + body.length);
	ok(answer !== undefined);
	return { status: answer.status, page: answer.body, given };
}

/** No name that somebody else chose is ever markup. */
function hasMarkupOf(page: string, text: string): boolean {
	return escapeHtml(text) !== text && page.includes(`>${text}<`);
}

describe("the set-up form, any bytes", () => {
	it("are answered, and what is taken is what any browser's form means", () => {
		fuzz(
			"portal-form",
			fc.property(FORM, (text) => {
				const { status, page, given } = submit(new Uint8Array(Buffer.from(text, "latin1")));
				ok(Buffer.byteLength(page) <= 3072, "a page that fits");
				equal(status, given === undefined ? 400 : 200);
				if (given === undefined) return;
				const form = new URLSearchParams(text);
				const ssid = form.get("other") || form.get("ssid");
				deepEqual({ ...given }, { ssid, password: form.get("password") });
				equal(problemOf(given.ssid, given.password), undefined);
				ok(!hasMarkupOf(page, given.ssid));
			}),
		);
	});

	it("are answered whatever they are", () => {
		fuzz(
			"portal-noise",
			fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
				const { status, page } = submit(body);
				ok((status === 200 || status === 400) && page.length > 0);
			}),
		);
	});

	it("that a browser sends come through, if a network can have that name and password", () => {
		fuzz(
			"portal-browser",
			fc.property(TEXT, TEXT, TEXT, (listed, other, password) => {
				const sent = new URLSearchParams({ ssid: listed, other, password });
				const { status, given } = submit(new Uint8Array(Buffer.from(sent.toString(), "latin1")));
				const ssid = other || listed;
				if (problemOf(ssid, password) === undefined) deepEqual({ ...given }, { ssid, password });
				else equal(status, 400);
			}),
		);
	});
});
