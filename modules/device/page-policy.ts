/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-NdN5RoyssGZw75U8Xjb0jTSkdOi0+sAw2zuLpk6m3yc='; style-src 'sha256-uV1YviYHog+Ie3k1npJ+g+DWfCOieEd3WIDScC5UgrY='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
