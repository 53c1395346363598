/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-DHCaXnUe6hmqCG24JjDsrhR3hDWSuvWRY6smduRjvZQ='; style-src 'sha256-KpHcUr387XRrqjKa/nA9fpx7VluXyVLmXL565WzEIOo='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
