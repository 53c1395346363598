/**
 * Builds the page into what the firmware has of it: `npm run build:page`. Both files are kept in the repository, since a build of the firmware
 * with the SDK runs no esbuild; tests/check/page.spec.ts says when they are stale.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../", import.meta.url));

/** The built page, gzipped, and the module that has its policy. */
export const PAGE_FILE = `${folder}built/page.gz`;
export const POLICY_FILE = `${root}modules/device/page-policy.ts`;
/** Bytes that the page may have, gzipped. */
export const MOST_BYTES = 20_000;

/** Names of properties that no browser and no JSON has, and that may be any others: they are short where they are built in. */
const OUR_OWN = new RegExp(
	`^(${[
		"buffered",
		"codeName",
		"connection",
		"conversation",
		"dropping",
		"hooks",
		"isPrism",
		"keepAlive",
		"largestFree",
		"leastFree",
		"mostPatterns",
		"notices",
		"payloadStart",
		"progressiveEnd",
		"progressiveStart",
		"reconnect",
		"refusable",
		"removals",
		"retryAfter",
		"retryAt",
		"shorten",
		"uploading",
		"waveAmplitude",
		"waveFrequency",
		"wavePhase",
	].join("|")})$`,
);

/** Browsers that get what they understand. */
const TARGET = ["chrome120", "firefox124", "safari17.4"];

/** `sha256-...`, as a Content-Security-Policy names an inline script or style by its content. */
function hashOf(text: string): string {
	return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

async function script(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [`${folder}src/main.ts`],
		tsconfig: `${folder}tsconfig.json`,
		bundle: true,
		minify: true,
		mangleProps: OUR_OWN,
		format: "iife",
		platform: "browser",
		target: TARGET,
		charset: "utf8",
		legalComments: "none",
		write: false,
		logLevel: "error",
	});
	return (outputFiles[0]?.text ?? "").trim();
}

/** What superfine's license asks for. */
function notice(): string {
	const license = readFileSync(`${root}node_modules/superfine/LICENSE.md`, "utf8");
	const holder = /^Copyright.*$/m.exec(license)?.[0].trim();
	if (holder === undefined) throw new Error("superfine has no license");
	return `<!-- With superfine, ${holder}, MIT license: https://opensource.org/license/mit -->\n`;
}

/** Makes the page's HTML, and the policy that goes with it. */
export async function makePage(): Promise<{ html: string; policy: string }> {
	const css = await transform(readFileSync(`${folder}page.css`, "utf8"), {
		loader: "css",
		minify: true,
		target: TARGET,
	});
	const style = css.code.trim();
	const js = await script();
	if (js.includes("</script") || style.includes("</style")) throw new Error("the page would end in its middle");
	const html = readFileSync(`${folder}page.html`, "utf8")
		.replace("<html", () => `${notice()}<html`)
		.replace("<style></style>", () => `<style>${style}</style>`)
		.replace("<script></script>", () => `<script>${js}</script>`);
	const policy = [
		"default-src 'none'",
		`script-src ${hashOf(js)}`,
		`style-src ${hashOf(style)}`,
		"img-src data:",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join("; ");
	return { html, policy };
}

/** The text of modules/device/page-policy.ts. */
export function policyModule(policy: string): string {
	return `/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"${policy}";
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { html, policy } = await makePage();
	const bytes = gzipSync(html, { level: 9 });
	mkdirSync(`${folder}built`, { recursive: true });
	writeFileSync(PAGE_FILE, bytes);
	writeFileSync(POLICY_FILE, policyModule(policy));
	process.stdout.write(`web/built/page.gz: ${bytes.length} of ${MOST_BYTES} bytes (${html.length} unpacked)\n`);
	if (bytes.length > MOST_BYTES) process.exitCode = 1;
}
