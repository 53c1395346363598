/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-TUQ+DsaXS0VRC3DMCJP+kP/yRakWomY7ytukqbs/3Ec='; style-src 'sha256-VCBGEXSdx4l4bJvd4dgRb+Gr4yYBLvrSkIIZC/Quq/o='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
