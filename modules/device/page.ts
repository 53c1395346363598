/**
 * The page at `/`, for people who type the device's name into a browser.
 * @param problem why no pattern can be stored, as a sentence without its end; empty where they can
 */
export function page(hostName: string, problem: string): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>PRISM K1</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:3em auto;padding:0 1em;color:#222;background:#fff}
code{background:#eee;padding:.1em .3em;border-radius:3px}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#111}code{background:#333}}</style>
<h1>PRISM K1</h1>
<p>This is <strong>${hostName}</strong>, an LED controller. It takes light patterns over a WebSocket at <code>/ws</code>
and hands each one out again at <code>/patterns/NAME</code>.</p>
${problem && `<p><strong>It stores nothing:</strong> ${problem}.</p>\n`}</html>
`;
}
