/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-3FckbPBMEJekfHoHJ2Sr/TlwsmP38uqAkrayGjojE8s='; style-src 'sha256-O2tWpRxsnLuUcbOzMnWtfG27F4eFCvwfICMdnu/b8TM='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
