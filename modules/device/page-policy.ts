/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-fz2tkgcPzFk/n6Jx/cqa6xoJFpvaLhPgrMze6x1ES9M='; style-src 'sha256-VCBGEXSdx4l4bJvd4dgRb+Gr4yYBLvrSkIIZC/Quq/o='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
