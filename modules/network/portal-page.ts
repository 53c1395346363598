/** The portal's two pages. Small on purpose: no script, no picture, nothing that would have to be fetched. */

/** Most bytes of the list of networks, so that a page and its head fit a 4,096-byte block whatever the names are. */
export const LIST_LIMIT = 1280;

/** Text as HTML shows it, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}

/** Bytes of UTF-8, or up to 2 more for each character beyond the 16-bit ones. */
function byteLength(text: string): number {
	let bytes = text.length;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code >= 0x800) bytes += 2;
		else if (code >= 0x80) bytes++;
	}
	return bytes;
}

/** The device's own page, in short (web/page.css). */
const STYLE = `:root{color-scheme:dark light}
body{font:16px/1.4 system-ui,sans-serif;max-width:24em;margin:0 auto;padding:1em;color:#1c1c21;background:#f4f4f2}
h1{font-size:1em}
h1:before{content:"";display:inline-block;width:26px;height:8px;margin-right:10px;border-radius:4px;background:linear-gradient(90deg,#ff4d6d,#ffb340,#4fd98b,#3aa5ff,#9a5cff)}
label{display:block;margin:1em 0}
input,select,button{font:inherit;width:100%;box-sizing:border-box;padding:.6em;border:1px solid #8888;border-radius:10px;color:inherit;background:#8882}
button{border:0;color:#fff;background:#5145cd}
a{color:#5145cd}.p{color:#b3261e}
@media(prefers-color-scheme:dark){body{color:#ececf1;background:#131318}button{color:#17151f;background:#a79dff}a{color:#a79dff}.p{color:#ff8f86}}`;

function page(body: string): string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>PRISM K1</title><style>${STYLE}</style></head><body><h1>PRISM K1</h1>
${body}</body></html>
`;
}

/**
 * The form that asks for a network.
 * @param networks names to choose from, strongest first; those past `LIST_LIMIT` are left out
 * @param problem what went wrong before; empty for nothing
 */
export function formPage(networks: readonly string[], problem: string): string {
	let options = "";
	for (const name of networks) {
		const longer = `${options}<option>${escapeHtml(name)}</option>`;
		if (byteLength(longer) > LIST_LIMIT) break;
		options = longer;
	}
	return page(`<p>Choose the Wi-Fi network that the K1 is to join.</p>
${problem && `<p class="p">${escapeHtml(problem)}</p>`}<form method="post" action="/setup">
<label>Network<select name="ssid">${options}<option value="">Another one</option></select></label>
<label>Its name, if it is not in the list<input name="other" maxlength="32" autocapitalize="none"></label>
<label>Password (empty for an open network)<input name="password" type="password" maxlength="63"></label>
<button>Join</button></form><p><a href="/setup?search">Look for networks again</a></p>
`);
}

/** What is shown after the form was sent: what will happen, and what to do when it does not. */
export function joiningPage(ssid: string, hostName: string): string {
	return page(`<p>The K1 is joining <b>${escapeHtml(ssid)}</b>. When it has, PRISM-SETUP disappears: go back to your own
network and open <a href="http://${hostName}.local/">http://${hostName}.local/</a>.</p>
<p>If PRISM-SETUP is still there after half a minute, <a href="/setup">look what went wrong</a>.</p>
`);
}
