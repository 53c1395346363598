/** Made by web/build.ts, together with web/built/page.gz: the Content-Security-Policy of just this page. */
export const PAGE_POLICY =
	"default-src 'none'; script-src 'sha256-R97gMHMPoRWJsUaFXtHiRUv+mQS4pq5FHqeevextyYQ='; style-src 'sha256-QqKZzfiaLHQjh6KqBwq3mcKioj/6HVxOMLMR6l61ag4='; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
