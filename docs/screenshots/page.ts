/** Pictures of the device's page, of a simulator that has the examples: on a phone and on a desktop, dark and light. */

import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { K1 } from "../../client/src/index.js";

const EXAMPLES = ["aurora", "comet", "ember", "tide"];
const SCREENS = [
	{ name: "phone", viewport: { width: 375, height: 780 }, deviceScaleFactor: 2 },
	{ name: "desktop", viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
];

/**
 * Makes page-phone-dark.png and the others.
 * @param address of a simulator that is ready, `http://HOST:PORT/`
 */
export async function pagePictures(browser: Browser, folder: string, address: string): Promise<void> {
	const k1 = await K1.connect(address);
	for (const name of EXAMPLES) {
		await k1.upload(name, await readFile(new URL(`../../examples/patterns/${name}.prism`, import.meta.url)));
	}
	await k1.play("aurora");
	await k1.close();
	for (const { name, ...screen } of SCREENS) {
		for (const colorScheme of ["dark", "light"] as const) {
			const page = await browser.newPage({ ...screen, colorScheme });
			try {
				await page.goto(address);
				await page.getByText("Connected").waitFor();
				// Every preview is decoded, and the meters have something of a history.
				await page
					.locator(".fps", { hasText: "fps" })
					.nth(EXAMPLES.length - 1)
					.waitFor();
				const history = page.locator(".history polyline").first();
				while (((await history.getAttribute("points")) ?? "").split(" ").length < 8) await page.waitForTimeout(500);
				await page.screenshot({ path: `${folder}page-${name}-${colorScheme}.png` });
			} finally {
				await page.close();
			}
		}
	}
}
