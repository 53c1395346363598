/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-rt6ZmvScCbEIhnC+TStI1NxJDHdFgvIEwM50kyvq0Ow='; style-src 'sha256-2jO8b1kV3JCzdGK5j3HRXcb3ySvZ06/Iw23iRCUOgUY='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
