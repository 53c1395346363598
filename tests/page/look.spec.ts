import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { deepEqual, equal, ok } from "../support/assert.js";
import { farAway } from "./support/far-away.js";
import { AWAY, Bench, DENIED, example, file, lit, row, until } from "./support/k1-page.js";

const AXE = readFileSync(fileURLToPath(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
/** What axe finds, each with the element that it means. */
async function faults(page: Page): Promise<string[]> {
	await page.evaluate(AXE);
	return page.evaluate(
		`axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`,
	);
}

/** What of the page moved without anybody having asked for it. */
function shifts(page: Page): Promise<string[]> {
	return page.evaluate(`new Promise((resolve) => {
		new PerformanceObserver((list) => {
			const unasked = list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput);
			resolve(unasked.flatMap(({ sources }) => sources.map(({ node }) => node?.outerHTML ?? node?.parentNode?.outerHTML ?? "?")));
		}).observe({ type: "layout-shift", buffered: true });
		// Where there is none, nobody is called.
		requestAnimationFrame(() => requestAnimationFrame(() => resolve([])));
	})`);
}

/** When there was first something to be seen, ms from the navigation on. */
const PAINTED = `new Promise((resolve) => {
	new PerformanceObserver((list) => {
		for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
	}).observe({ type: "paint", buffered: true });
})`;

/** Pixels by which the page is wider than the window. */
function surplus(page: Page): Promise<number> {
	return page.evaluate("document.documentElement.scrollWidth - innerWidth");
}

/** Looks at what there is to be seen in both color schemes, on the narrowest screen and on a wide one. */
async function look(page: Page, view: string): Promise<void> {
	for (const width of [320, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		equal(await surplus(page), 0, view);
		for (const colorScheme of ["dark", "light"] as const) {
			await page.emulateMedia({ colorScheme });
			deepEqual(await faults(page), [], `${view}, ${colorScheme}, ${width} pixels wide`);
		}
	}
}

describe("The page's looks", () => {
	const bench = new Bench();
	before(() => bench.begin());
	after(() => bench.end());
	afterEach(() => bench.leave());

	it("axe finds nothing, and nothing is wider than the window, in any view", async () => {
		await bench.holds();
		const page = await bench.open();
		await page.getByText("No patterns yet").waitFor();
		await look(page, "no patterns");
		const k1 = await bench.client();
		await k1.upload("aurora", example("aurora"));
		await k1.upload("a-name-of-thirty-two-characters1", example("comet"));
		await k1.play("aurora");
		await row(page, "a-name-of-thirty-two-characters1").waitFor();
		await until("light", () => lit(page));
		await look(page, "playing");
		const broken = Buffer.from(example("comet"));
		broken[broken.length - 9] ^= 0x55;
		await page.locator("input[type=file]").setInputFiles([file("broken", broken)]);
		await page.getByRole("alert").filter({ hasText: "prism:" }).waitFor();
		await page.getByRole("button", { name: "Delete aurora" }).click();
		await page.getByRole("button", { name: "Undo" }).waitFor();
		await look(page, "an upload that failed, and a deletion");
	});

	it("axe finds nothing, and nothing is wider, where there is no place, and no device", async () => {
		await bench.holds("aurora");
		const others = [await bench.client(), await bench.client()];
		const page = await bench.open({}, "Waiting");
		await look(page, "no place");
		await bench.simulator.stop("SIGKILL");
		await page.getByRole("heading", { name: "The K1 does not answer" }).waitFor();
		await look(page, "no device");
		for (const other of others) await bench.release(other);
		await bench.startAgain();
		await bench.leave(AWAY);
	});

	it("is painted within 200 ms", async () => {
		await bench.holds("aurora");
		const page = await bench.open();
		const times: number[] = [];
		// The first may have to wait for the browser, and each for whatever else this computer does.
		await until("painted within 200 ms", async () => {
			await page.reload();
			// A connection that is broken off in its beginning would be told on the console.
			await page.locator(".link", { hasText: "Connected" }).waitFor();
			times.push(Number(await page.evaluate(PAINTED)));
			return (times.at(-1) ?? 0) < 200;
		}).finally(() => console.log(`      first paint after ${times.map(Math.round).join(", ")} ms`));
	});

	it("does not shift, from the first paint on through all that comes", async () => {
		await bench.holds("aurora", "comet");
		const page = await bench.open({ viewport: { width: 375, height: 700 } });
		await row(page, "aurora").waitFor();
		await page.getByRole("button", { name: "Play comet" }).click();
		await until("light", () => lit(page));
		await page.locator("input[type=file]").setInputFiles([file("tide")]);
		await row(page, "tide").waitFor();
		await page.getByText("tide is stored.").waitFor({ state: "detached" });
		deepEqual(await shifts(page), []);
	});

	it("works by the keyboard alone", async () => {
		await bench.holds("aurora");
		const page = await bench.open();
		const tab = async (to: string) => {
			const button = page.getByRole("button", { name: to });
			const reached = () => button.evaluate((element) => element === document.activeElement);
			for (let i = 0; i < 12 && !(await reached()); i++) await page.keyboard.press("Tab");
			ok(await reached(), to);
		};
		await tab("Play aurora");
		await page.keyboard.press("Enter");
		await page.locator(".now", { hasText: "aurora plays" }).waitFor();
		await tab("Delete aurora");
		await page.keyboard.press("Space");
		await page.getByRole("button", { name: "Undo" }).focus();
		await page.keyboard.press("Enter");
		await row(page, "aurora").waitFor();
	});
});

describe("The looks of the page of a device with a token", () => {
	const bench = new Bench(["--token", "a"]);
	before(() => bench.begin());
	after(() => bench.end());

	it("axe finds nothing, and nothing is wider", async () => {
		const page = await bench.open({}, "Locked");
		await page.getByRole("button", { name: "Connect", exact: true }).waitFor();
		await look(page, "locked");
		await bench.leave(DENIED);
	});
});

describe("The page of a device that is a second away", () => {
	const bench = new Bench();
	let proxy: Awaited<ReturnType<typeof farAway>>;
	before(async () => {
		await bench.begin();
		proxy = await farAway(bench.simulator.port, 500);
	});
	after(async () => {
		await bench.end();
		proxy.close();
	});

	it("shows at once what is asked for, and does it", async () => {
		await bench.holds("comet");
		const k1 = await bench.client();
		bench.port = proxy.port;
		const page = await bench.open();
		await page.getByRole("button", { name: "Play comet" }).click();
		// The page answers before the device can have.
		equal(await page.getByRole("button", { name: "Pause comet" }).count(), 1);
		await page.getByRole("slider", { name: "Brightness" }).fill("100");
		equal(await page.locator("output").textContent(), "39 %");
		await until("light", () => lit(page));
		await until("both", async () => (await k1.state()).brightness === 100 && (await k1.state()).state === "playing");
		await page.locator("input[type=file]").setInputFiles([file("tide")]);
		await row(page, "tide").waitFor();
		await bench.leave();
	});
});
