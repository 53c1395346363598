/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-am1mylybtqCuykUiG7O+z1otTQHVVPKy7ATXs7pyUPY='; style-src 'sha256-KpHcUr387XRrqjKa/nA9fpx7VluXyVLmXL565WzEIOo='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
